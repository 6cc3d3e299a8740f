package io.videoml.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videoml.cli.process.Interruption;
import io.videoml.cli.run.InstalledParts;
import io.videoml.testkit.rtsp.FaultyRtspServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command on a real camera that fails, with both backends. */
@Timeout(60)
class CameraTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @BeforeAll
  static void needsACamera() {
    assumeTrue(
        FaultyRtspServer.whyUnavailable().isEmpty(),
        () -> FaultyRtspServer.whyUnavailable().orElse(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ffmpeg", "gstreamer"})
  void sample_cameraIsKilledAndComesBack_goesOnUntilSignalled(String backend) throws Exception {
    try (FaultyRtspServer camera =
            FaultyRtspServer.builder().credentials("operator", "s3cr3t-pa55").start();
        Running command =
            new Running(
                "sample",
                "--source",
                camera.uriWithCredentials().toString(),
                "--backend",
                backend)) {
      command.awaitOutput("frames", text -> text.lines().count() > 20);
      camera.kill();
      command.awaitOutput("the loss", text -> text.contains("\"reconnecting\""));
      camera.restart();
      command.awaitOutput(
          "frames again",
          text ->
              text.indexOf("\"type\":\"frame\"", text.lastIndexOf("\"connected\""))
                  > text.indexOf("\"reconnecting\""));
      camera.freeze();
      long start = System.nanoTime();
      Cli.Result result = command.signal(15);

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
      assertThat(result.exitCode()).isEqualTo(143);
      assertThat(result.lines("event"))
          .extracting(line -> line.get("event").asText())
          .startsWith("connected", "disconnected", "reconnecting")
          .endsWith("ended");
      SurvivalTest.assertBalanced(result.summary());
      assertThat(result.lines("frame")).extracting(line -> line.get("pts").asDouble()).isSorted();
      assertThat(result.out() + result.err()).doesNotContain("s3cr3t-pa55", "operator");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ffmpeg", "gstreamer"})
  void sample_frozenCamera_connectingIsInterrupted(String backend) throws Exception {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start()) {
      camera.freeze();
      try (Running command =
          new Running("sample", "--source", camera.uri().toString(), "--backend", backend)) {
        command.awaitConnecting();
        long start = System.nanoTime();
        Cli.Result result = command.signal(2);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(result.exitCode()).isEqualTo(130);
        assertThat(result.summary().get("read").asInt()).isZero();
      }
    }
  }

  /** A command on a thread of its own. */
  private static final class Running implements AutoCloseable {
    private final Interruption interruption = new Interruption(code -> {});
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final FutureTask<Integer> task;

    Running(String... arguments) {
      task =
          new FutureTask<>(() -> Cli.run(new InstalledParts(), interruption, out, err, arguments));
      Thread thread = new Thread(task, "test-command");
      thread.setDaemon(true);
      thread.start();
    }

    void awaitOutput(String what, Predicate<String> condition) throws InterruptedException {
      long end = System.nanoTime() + LIMIT.toNanos();
      while (!condition.test(out.toString(StandardCharsets.UTF_8))) {
        if (System.nanoTime() > end || task.isDone()) {
          throw new AssertionError(what + " did not come; " + out + err);
        }
        Thread.sleep(20);
      }
    }

    /** Waits until the reader's thread is there, and has had the time to begin. */
    void awaitConnecting() throws InterruptedException {
      long end = System.nanoTime() + LIMIT.toNanos();
      while (Thread.getAllStackTraces().keySet().stream()
          .noneMatch(
              thread ->
                  thread.getName().contains("127.0.0.1") && thread.getName().endsWith("-reader"))) {
        if (System.nanoTime() > end || task.isDone()) {
          throw new AssertionError("it does not connect; " + out + err);
        }
        Thread.sleep(20);
      }
      Thread.sleep(300); // a connection attempt cannot be seen from outside
    }

    Cli.Result signal(int number) throws Exception {
      interruption.signal(number);
      int exitCode = task.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      return new Cli.Result(
          exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
      interruption.signal(15);
    }
  }
}
