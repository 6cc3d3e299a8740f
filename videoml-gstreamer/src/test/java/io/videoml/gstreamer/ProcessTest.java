package io.videoml.gstreamer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.source.SourceException;
import io.videoml.testkit.rtsp.FaultyRtspServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only shows in a process of its own: missing plug-ins, and everything that is printed. */
@Timeout(60)
class ProcessTest {
  private static final String USER = "jo-user-x";
  private static final String PASSWORD = "s3cret-word";

  @TempDir Path directory;

  @Test
  void open_withoutPlugins_namesThePackage() throws Exception {
    Gstreamer.assumeElements("rtspsrc");
    Map<String, String> empty =
        Map.of(
            "GST_PLUGIN_SYSTEM_PATH_1_0", directory.toString(),
            "GST_PLUGIN_PATH_1_0", directory.toString(),
            "GST_REGISTRY_1_0", directory.resolve("registry.bin").toString());

    String output = run(empty, "open", "rtsp://127.0.0.1:1/x");

    assertThat(output).contains("UNSUPPORTED").contains("apt-get install gstreamer1.0-plugins");
    String report = run(empty, "probe");
    assertThat(report).contains("usable=false").contains("gstreamer1.0-libav");
  }

  @Test
  void probe_whereNativeCodeCannotBeLoaded_saysSo() throws Exception {
    Map<String, String> refusing =
        Map.of("JDK_JAVA_OPTIONS", "-Djna.nounpack=true -Djna.nosys=true -Djna.noclasspath=true");

    assertThat(run(refusing, "probe")).contains("usable=false").contains("does not load");
    assertThat(run(refusing, "open", "rtsp://127.0.0.1:1/x")).contains("UNSUPPORTED");
  }

  @Test
  void run_withCredentials_printsThemNowhere() throws Exception {
    Camera.assumeAvailable();
    try (FaultyRtspServer camera =
        FaultyRtspServer.builder().credentials(USER, "the-right-one").start()) {
      String address = camera.uri().toString().replace("://", "://" + USER + ":" + PASSWORD + "@");

      String output = run(Map.of(), "open", address);

      assertThat(output).contains("AUTHENTICATION").contains("id=rtsp://127.0.0.1");
      assertThat(output).doesNotContain(USER).doesNotContain(PASSWORD);
    }
  }

  private static String run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("process", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(45, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("does not end: " + Files.readString(output));
    }
    String text = Files.readString(output, UTF_8);
    Files.delete(output);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }

  /** The other process. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      if (arguments[0].equals("probe")) {
        GStreamerSupport support = GStreamerSupport.probe();
        System.out.println("usable=" + support.usable() + " " + support.missingPackages());
        System.out.println(support.problem());
        return;
      }
      FrameSource source = Camera.source(URI.create(arguments[1])).build();
      System.out.println("id=" + source.id() + " " + source);
      try (FrameReader reader = source.open()) {
        reader.tryAdvance(frame -> System.out.println(frame.info()));
      } catch (SourceException e) {
        System.out.println(e.kind());
        e.printStackTrace(System.out);
      }
      Thread.getAllStackTraces().keySet().forEach(System.out::println);
    }
  }
}
