package io.videoml.testkit.rtsp;

import static io.videoml.testkit.rtsp.RtspTransport.TCP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RtspLeavesNothingTest {
  private static final long LIMIT_SECONDS = 10;

  @BeforeAll
  static void needsGStreamer() {
    Cameras.assumeAvailable();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void close_evenFrozen_leavesNoProcessThreadPortOrFile(boolean frozen) throws IOException {
    FaultyRtspServer.builder().start().close();
    Set<Thread> threads = Thread.getAllStackTraces().keySet();
    long files = openFiles();
    List<ProcessHandle> children = ProcessHandle.current().children().toList();

    FaultyRtspServer camera = FaultyRtspServer.builder().size(320, 240).start();
    ProcessHandle child = ProcessHandle.of(camera.pid().orElseThrow()).orElseThrow();
    try (RtspProbe probe = Cameras.playing(camera, TCP)) {
      assertThat(probe.collect(Cameras.MOMENT)).isNotEmpty();
      if (frozen) {
        camera.freeze();
      }
      camera.close();
    }
    camera.close();

    assertThat(child.isAlive()).isFalse();
    assertThat(ProcessHandle.current().children()).containsExactlyInAnyOrderElementsOf(children);
    assertThat(ours(Thread.getAllStackTraces().keySet())).isEqualTo(ours(threads));
    assertThat(openFiles()).isLessThanOrEqualTo(files);
    assertThatCode(() -> listenOn(camera.uri().getPort())).doesNotThrowAnyException();
    assertThatThrownBy(camera::restart).hasMessageContaining("closed");
    assertThatThrownBy(() -> camera.lose(1)).hasMessageContaining("closed");
    assertThat(camera.pid()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"running", "frozen"})
  void process_whoseStarterIsKilled_endsToo(String state) throws Exception {
    Process starter =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Starter.class.getName(),
                state)
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines = starter.inputReader()) {
      String line = lines.readLine();
      ProcessHandle camera = ProcessHandle.of(Long.parseLong(line)).orElseThrow();
      assertThat(camera.isAlive()).isTrue();

      starter.destroyForcibly();

      assertThatCode(() -> camera.onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS))
          .doesNotThrowAnyException();
    } finally {
      starter.destroyForcibly();
      assertThat(starter.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void restart_often_keepsNothing() throws IOException {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start()) {
      camera.restart();
      long files = openFiles();
      Set<String> threads = ours(Thread.getAllStackTraces().keySet());
      for (int i = 0; i < 5; i++) {
        camera.restart();
      }
      assertThat(openFiles()).isLessThanOrEqualTo(files);
      assertThat(ours(Thread.getAllStackTraces().keySet())).hasSameSizeAs(threads);
    }
  }

  private static Set<String> ours(Set<Thread> threads) {
    return threads.stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("videoml"))
        .collect(Collectors.toSet());
  }

  private static void listenOn(int port) throws IOException {
    try (ServerSocket server = new ServerSocket()) {
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress("127.0.0.1", port));
    }
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }

  /** Starts a camera, says which process it is, and waits to be killed. */
  static final class Starter {
    private Starter() {}

    public static void main(String[] arguments) throws Exception {
      FaultyRtspServer camera = FaultyRtspServer.builder().start();
      if (arguments[0].equals("frozen")) {
        camera.freeze();
      }
      System.out.println(camera.pid().orElseThrow());
      TimeUnit.SECONDS.sleep(60);
    }
  }
}
