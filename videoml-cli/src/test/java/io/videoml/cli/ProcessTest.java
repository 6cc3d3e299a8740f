package io.videoml.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.videoml.cli.process.Console;
import io.videoml.cli.process.Interruption;
import io.videoml.cli.run.CliContext;
import io.videoml.testkit.DemoClip;
import io.videoml.testkit.FakeFrameSource;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.TestClips;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only shows in a process of its own: signals, exit codes, standard output that breaks. */
@Timeout(60)
class ProcessTest {
  @TempDir private Path directory;

  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endProcesses() {
    started.forEach(Process::destroyForcibly);
  }

  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143"})
  void sample_signal_writesSummaryAndExitsWithItsNumber(String signal, int exitCode)
      throws Exception {
    assumeCanSend(signal);
    Process process = start(command(FakeMain.class, "hanging", "sample", "--source", "x"));

    try (BufferedReader out = output(process)) {
      String line = out.readLine();
      while (!line.contains("\"frame\":99,")) {
        line = out.readLine();
      }
      send(signal, process);
      List<String> rest = out.lines().toList();

      assertThat(process.waitFor()).isEqualTo(exitCode);
      JsonNode summary = Cli.parse(rest.get(rest.size() - 1));
      assertThat(summary.get("type").asText()).isEqualTo("summary");
      assertThat(summary.get("read").asInt()).isEqualTo(100);
      assertThat(errors()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143"})
  void fleet_signal_writesASummaryOfEachCameraAndExitsWithItsNumber(String signal, int exitCode)
      throws Exception {
    assumeCanSend(signal);
    Path config = directory.resolve("cameras.yaml");
    Files.writeString(config, "cameras: [{ id: a, source: x }, { id: b, source: x }]\n");
    Process process =
        start(command(FakeMain.class, "hanging", "fleet", "--config", config.toString()));

    try (BufferedReader out = output(process)) {
      int last = 0;
      while (last < 2) {
        last += out.readLine().contains("\"frame\":99,") ? 1 : 0;
      }
      long start = System.nanoTime();
      send(signal, process);
      List<String> rest = out.lines().toList();

      assertThat(process.waitFor()).isEqualTo(exitCode);
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(2));
      assertThat(rest.subList(rest.size() - 2, rest.size()))
          .extracting(line -> Cli.parse(line).get("type").asText())
          .containsOnly("summary");
      assertThat(errors()).isEmpty();
    }
  }

  @Test
  void sample_readerOfPipeGoes_endsQuietly() throws Exception {
    Process process = start(command(FakeMain.class, "endless", "sample", "--source", "x"));

    try (BufferedReader out = output(process)) {
      out.readLine();
    }

    assertThat(process.waitFor()).isZero();
    assertThat(errors()).isEmpty();
  }

  @Test
  void sample_deviceFull_failsWithOneLine() throws Exception {
    File full = new File("/dev/full");
    assumeTrue(full.exists(), "no /dev/full on this system");
    ProcessBuilder command = command(FakeMain.class, "endless", "sample", "--source", "x");

    Process process = start(command.redirectOutput(full));

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(errors())
        .singleElement()
        .asString()
        .contains("cannot write standard output (no space left on device");
  }

  @Test
  void main_wrongArguments_exitsWith2() throws Exception {
    Process process = start(command(Main.class, "detect", "--nonsense"));

    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(errors()).singleElement().asString().startsWith("videoml: error: ");
  }

  @Test
  void main_help_loadsNoNativeCode() throws Exception {
    Process process = start(command(Main.class, "--help"));

    try (BufferedReader out = output(process)) {
      assertThat(out.lines()).isNotEmpty();
    }
    assertThat(process.waitFor()).isZero();
    assertThat(Files.readString(directory.resolve("libraries")))
        .doesNotContain("bytedeco", "onnxruntime");
  }

  @Test
  void sample_file_loadsNothingOfGStreamer() throws Exception {
    Process process =
        start(
            command(
                Main.class,
                "sample",
                "--source",
                DemoClip.video().toString(),
                "--max-frames",
                "3"));

    try (BufferedReader out = output(process)) {
      assertThat(out.lines()).hasSizeGreaterThan(3);
    }
    assertThat(process.waitFor()).isZero();
    assertThat(Files.readString(directory.resolve("libraries")))
        .contains("io.videoml.ffmpeg.FfmpegReader")
        .doesNotContain("io.videoml.gstreamer", "com.sun.jna");
  }

  private ProcessBuilder command(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1"));
    command.add("-Xlog:class+load:file=" + directory.resolve("libraries"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(directory.resolve("errors").toFile());
  }

  private Process start(ProcessBuilder command) throws IOException {
    Process process = command.start();
    started.add(process);
    // No time limit of JUnit ends a read from a process.
    CompletableFuture.delayedExecutor(50, TimeUnit.SECONDS).execute(process::destroyForcibly);
    return process;
  }

  /** Who was started in the background by a shell ignores INT, and so do all that it starts. */
  private static void assumeCanSend(String signal) throws IOException {
    assumeTrue(new File("/bin/kill").canExecute(), "no /bin/kill to send signals with");
    Path status = Path.of("/proc/self/status");
    if (signal.equals("INT") && Files.isReadable(status)) {
      String ignored =
          Files.readAllLines(status).stream()
              .filter(line -> line.startsWith("SigIgn:"))
              .findFirst()
              .orElse("SigIgn: 0");
      long signals = Long.parseUnsignedLong(ignored.split("\\s+")[1], 16);
      assumeTrue((signals & 0b10) == 0, "SIGINT is ignored here, as in the background of a shell");
    }
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static void send(String signal, Process process) throws Exception {
    Process kill =
        new ProcessBuilder("/bin/kill", "-s", signal, Long.toString(process.pid())).start();
    assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  private List<String> errors() throws IOException {
    return Files.readAllLines(directory.resolve("errors"));
  }

  /** The command as a process, with a source that never ends by itself. */
  static final class FakeMain {
    private FakeMain() {}

    /** First {@code hanging} or {@code endless}, then the arguments of the command. */
    public static void main(String[] arguments) {
      TestClip clip = TestClips.still().withSize(16, 16).withFrames(Integer.MAX_VALUE);
      FakeFrameSource.Builder source = FakeFrameSource.of("camera", clip);
      if (arguments[0].equals("hanging")) {
        source.hangAt(100);
      }
      String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
      CliContext context =
          new CliContext(Console.ofProcess(), Interruption.ofProcess(), FakeParts.reading(source));
      System.exit(new Main(context).run(rest));
    }
  }
}
