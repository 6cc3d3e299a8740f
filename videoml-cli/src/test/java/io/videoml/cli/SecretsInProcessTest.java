package io.videoml.cli;

import static io.videoml.cli.Secrets.PASSWORD;
import static io.videoml.cli.Secrets.USER;
import static io.videoml.cli.Secrets.WRONG_PASSWORD;
import static io.videoml.cli.Secrets.inside;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videoml.cli.options.SourceOptions;
import io.videoml.cli.options.SourceOptions.Backend;
import io.videoml.cli.run.InstalledParts;
import io.videoml.fleet.Camera;
import io.videoml.fleet.CameraFleet;
import io.videoml.frame.Frame;
import io.videoml.gstreamer.RtspSource;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineEvent;
import io.videoml.pipeline.PipelineRun;
import io.videoml.pipeline.PipelineSpec;
import io.videoml.pipeline.ResultSink;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.testkit.net.ReservedPort;
import io.videoml.testkit.rtsp.FaultyRtspServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches for credentials what code sees, and what is said of addresses that are wrong. */
@Timeout(60)
class SecretsInProcessTest {
  @TempDir private Path directory;

  private final Secrets secrets = new Secrets();
  private final PrintStream standardError = System.err;
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();

  @BeforeEach
  void captureLog() {
    System.setErr(new PrintStream(logged, true, UTF_8));
  }

  @AfterEach
  void releaseLog() {
    System.setErr(standardError);
  }

  @ParameterizedTest
  @EnumSource(names = {"ffmpeg", "gstreamer"})
  void source_everythingThatCanBePrinted_holdsNoCredentials(Backend backend) throws Exception {
    needsACamera();
    try (FaultyRtspServer camera =
        FaultyRtspServer.builder().size(320, 180).credentials(USER, PASSWORD).start()) {
      String address = camera.uri().toString();
      FrameSource right = source(inside(address, PASSWORD), backend);
      FrameSource wrong = source(inside(address, WRONG_PASSWORD), backend);
      look(RtspSource.builder(inside(address, PASSWORD)));
      look(RtspSource.builder(address).credentials(USER, PASSWORD).build());
      look(new Camera("gate", right));
      for (FrameSource failing :
          List.of(wrong, source(inside(address + "-x", PASSWORD), backend))) {
        look(failing);
        lookAt(catchThrowable(failing::open));
      }
      watch(right);
      watchFleet(right, wrong);
      secrets.look("the log", logged.toString(UTF_8));

      assertThat(secrets.leaks()).isEmpty();
    }
  }

  private void watch(FrameSource source) throws InterruptedException {
    try (FrameReader reader = source.open()) {
      reader.tryAdvance(frame -> look(frame, frame.info()));
      look(reader, reader.stream());
    }
    PipelineSpec spec = Pipeline.named("gate").source(source).sink(() -> new Looking()).build();
    try (PipelineRun run = spec.start()) {
      await(() -> run.summary().kept() > 3);
      look(spec, run, run.status(), run.summary());
      Thread.getAllStackTraces().keySet().forEach(thread -> look(thread, thread.getName()));
    }
  }

  private void watchFleet(FrameSource right, FrameSource wrong) throws InterruptedException {
    try (CameraFleet fleet =
        CameraFleet.of(
                camera ->
                    Pipeline.named(camera.id()).source(camera.source()).onResult(r -> {}).build())
            .onEvent(event -> look(event))
            .start(List.of(new Camera("right", right), new Camera("wrong", wrong)))) {
      await(
          () ->
              fleet.status().toString().contains("wrong")
                  && fleet.status().cameras().stream()
                      .anyMatch(camera -> camera.stream().lastProblem().isPresent()));
      look(fleet, fleet.status(), fleet.status().cameras());
      Thread.getAllStackTraces().keySet().forEach(thread -> look(thread, thread.getName()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ffmpeg", "gstreamer"})
  void command_badAddress_saysNothingOfTheCredentials(String backend) {
    needsACamera();
    try (FaultyRtspServer camera =
            FaultyRtspServer.builder().size(320, 180).credentials(USER, PASSWORD).start();
        ReservedPort refusing = ReservedPort.onLoopback()) {
      String address = camera.uri().toString();
      String wrong = inside(address, WRONG_PASSWORD);
      String elsewhere = inside(address + "-x", PASSWORD);
      String refused = inside("rtsp://127.0.0.1:" + refusing.number() + "/a", PASSWORD);
      String out = directory.resolve("keys").toString();
      for (String source : List.of(wrong, elsewhere, refused)) {
        run(1, "sample", "--verbose", "--source", source, "--backend", backend);
        run(1, "bench", "--verbose", "--source", source, "--backend", backend);
        run(1, "keyframes", "--verbose", "--out", out, "--source", source, "--backend", backend);
        run(1, "doctor", "--json", "--source", source, "--backend", backend);
      }
      String right = inside(address, PASSWORD);
      String[] checkup = {"doctor", "--duration", "500ms", "--backend", backend, "--source", right};
      assertThat(run(checkup).out()).contains("127.0.0.1");
      run("doctor", "--verbose", "--json", "--duration", "500ms", "--source", right);

      secrets.lookBelow(directory);
      assertThat(secrets.leaks()).isEmpty();
    }
  }

  @Test
  void command_mistypedAddress_isNotRepeated() {
    String login = USER + ":" + Secrets.encoded(PASSWORD);
    String raw = USER + ":" + PASSWORD;
    for (String address :
        List.of(
            "rtsp://" + raw + "@127.0.0.1:1/a",
            "rtsp:/" + login + "@127.0.0.1:1/a",
            "rtsp//" + login + "@127.0.0.1:1/a",
            "//" + login + "@127.0.0.1:1/a",
            login + "@127.0.0.1:1/a",
            "rtps://" + login + "@127.0.0.1:1/a",
            "rtsp://" + login + "@127.0.0.1:99999/a",
            "rtsp://" + login + "@@127.0.0.1:1/a b",
            "http://" + login + "@127.0.0.1:1/a.m3u8?token=" + Secrets.encoded(PASSWORD),
            "gst:rtspsrc location=rtsp://" + login + "@127.0.0.1:1/a ! decodebin",
            "gst:rtspsrc location=rtsp://127.0.0.1:1/a user-id=" + USER + " user-pw=" + PASSWORD,
            "gst:rtspsrc user-id=" + USER + " user-pw=\"" + PASSWORD + "\" ! nosuchelement")) {
      for (String backend : List.of("auto", "ffmpeg", "gstreamer")) {
        run("sample", "--verbose", "--source", address, "--backend", backend);
      }
      run("doctor", "--source", address, "--json");
      run("keyframes", "--list", "--source", address);
      run(2, "sample", address);
      run(2, "sample", "--sorce", address);
      run(2, "sample", "--sorce=" + address);
      run(2, address);
      run(2, "sample", "--source", address, "--source", address);
      run(2, "sample", "--source", "a.mp4", "--backend", address);
      run(2, "sample", "--source", "a.mp4", "--max-frames", address);
      run(2, "sample", "--source", "a.mp4", "--sampler", address);
    }

    assertThat(secrets.leaks()).isEmpty();
  }

  private void run(int exitCode, String... arguments) {
    assertThat(run(arguments).exitCode()).isEqualTo(exitCode);
  }

  private Cli.Result run(String... arguments) {
    logged.reset();
    Cli.Result result = Cli.run(new InstalledParts(), arguments);
    String command = arguments[0] + " of " + arguments.length + " arguments";
    secrets.look("standard output of " + command, result.out());
    secrets.look("standard error of " + command, result.err());
    secrets.look("the log of " + command, logged.toString(UTF_8));
    return result;
  }

  private void look(Object... objects) {
    for (Object object : objects) {
      synchronized (secrets) {
        secrets.look(object.getClass().getName(), object.toString());
      }
    }
  }

  /** Looks at the whole of it: messages, causes, what was suppressed. */
  private void lookAt(Throwable failure) {
    assertThat(failure).isNotNull();
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    look(failure, trace);
  }

  /** Looks at all that a sink gets. */
  private final class Looking implements ResultSink {
    @Override
    public void accept(Frame frame, FrameResult result) {
      look(frame, result);
    }

    @Override
    public void onEvent(PipelineEvent event) {
      look(event);
    }
  }

  private static void needsACamera() {
    Optional<String> missing = FaultyRtspServer.whyUnavailable();
    assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
  }

  private static FrameSource source(String address, Backend backend) {
    return new InstalledParts().source(SourceOptions.of(address, backend));
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it did not come").isLessThan(end);
      Thread.sleep(20);
    }
  }
}
