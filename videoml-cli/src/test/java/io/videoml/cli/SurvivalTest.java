package io.videoml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.videoml.cli.process.Interruption;
import io.videoml.frame.Frame;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.PipelineEvent;
import io.videoml.pipeline.ResultSink;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.FakeFrameSource;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.TestClips;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cameras that are lost, and what the command makes of it. */
@Timeout(30)
class SurvivalTest {
  private static final TestClip CLIP =
      TestClips.movingSquare().withFrames(30).withRate(10).withGop(10);
  private static final String[] SAMPLE = {"sample", "--source", "cam"};

  @TempDir private Path directory;

  @Test
  void sample_cameraIsLostTwice_tellsAndGoesOn() {
    Cli.Result result =
        Cli.run(FakeParts.reading(lostTwice()), "sample", "--source", "cam", "--max-frames", "30");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(events(result))
        .containsExactly(
            "connected",
            "disconnected",
            "reconnecting",
            "connected",
            "disconnected",
            "reconnecting",
            "connected",
            "ended");
    assertThat(result.summary().get("read").asInt()).isEqualTo(30);
    assertBalanced(result.summary());
    assertThat(result.lines("frame"))
        .extracting(line -> line.get("frame").asInt())
        .isNotEmpty() // a live stream may lose frames to a busy machine, but never their order
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(result.lines("frame")).extracting(line -> line.get("pts").asDouble()).isSorted();
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTHENTICATION", "NOT_FOUND", "REFUSED", "NETWORK", "STALLED"})
  void sample_cameraCannotEvenBeConnectedToOnce_failsAtOnce(Kind kind) {
    FakeFrameSource.Builder source =
        FakeFrameSource.of("cam", CLIP)
            .endless()
            .onOpen(
                () -> {
                  throw new SourceException(kind, "cam", "as told");
                });

    Cli.Result result = Cli.run(FakeParts.reading(source), SAMPLE);

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).matches("videoml: error: cannot read cam \\(as told; [^\\n]+\\)\\n");
    assertThat(events(result)).containsExactly("ended");
    assertThat(result.summary().get("read").asInt()).isZero();
  }

  @Test
  void sample_noReconnectAndCameraEnds_isDone() {
    Cli.Result result =
        Cli.run(
            FakeParts.reading(FakeFrameSource.of("cam", CLIP).endless()),
            "sample",
            "--source",
            "cam",
            "--no-reconnect");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(events(result)).containsExactly("connected", "disconnected", "ended");
    assertThat(result.summary().get("read").asInt()).isEqualTo(30);
    assertBalanced(result.summary());
  }

  @Test
  void sample_noReconnectAndCameraIsLost_fails() {
    Cli.Result result =
        Cli.run(
            FakeParts.reading(FakeFrameSource.of("cam", CLIP).endless().failAt(12, Kind.NETWORK)),
            "sample",
            "--source",
            "cam",
            "--no-reconnect");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("cannot read cam", "failed at frame 12");
    assertThat(events(result)).containsExactly("connected", "disconnected", "ended");
    assertThat(result.summary().get("read").asInt()).isEqualTo(12);
  }

  @Test
  void bench_cameraIsLost_goesOnMeasuring() {
    Cli.Result result =
        Cli.run(
            FakeParts.reading(lostTwice()),
            "bench",
            "--source",
            "cam",
            "--warm-up",
            "5",
            "--frames",
            "20",
            "--json");

    assertThat(result.exitCode()).isZero();
    assertThat(result.lines("bench").get(0).get("read").asInt()).isEqualTo(20);
  }

  @Test
  void sample_signalWhileBackingOff_endsAtOnceWithSummary() {
    Interruption interruption = new Interruption(code -> {});
    AtomicInteger attempts = new AtomicInteger();
    ResultSink signalling =
        new EventSink() {
          @Override
          public void onEvent(PipelineEvent event) {
            if (event.type() == PipelineEvent.Type.RECONNECTING
                && attempts.incrementAndGet() == 3) {
              aside(interruption);
            }
          }
        };
    FakeFrameSource source =
        FakeFrameSource.of("cam", CLIP).endless().failAt(1, Kind.NETWORK).build();

    assertEndsSoon(FakeParts.reading(source).annotating(signalling), interruption);
  }

  @Test
  void sample_signalWhileConnecting_endsAtOnceWithSummary() {
    Interruption interruption = new Interruption(code -> {});
    Connecting.signal = interruption;
    FakeFrameSource source =
        FakeFrameSource.of("cam", CLIP)
            .endless()
            .onOpen(Connecting::signalled)
            .hangOnOpen()
            .build();

    assertEndsSoon(FakeParts.reading(source).annotating((frame, result) -> {}), interruption);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void sample_signalWhileSilent_endsAtOnceWithSummary(int silentFrom) {
    Interruption interruption = new Interruption(code -> {});
    ResultSink signalling =
        new EventSink() {
          @Override
          public void onEvent(PipelineEvent event) {
            if (event.type() == PipelineEvent.Type.CONNECTED) {
              aside(interruption);
            }
          }
        };
    FakeFrameSource source = FakeFrameSource.of("cam", CLIP).endless().hangAt(silentFrom).build();

    assertEndsSoon(FakeParts.reading(source).annotating(signalling), interruption);
  }

  private static FakeFrameSource.Builder lostTwice() {
    AtomicInteger left = new AtomicInteger(2);
    FakeFrameSource.Hook loss =
        () -> {
          if (left.getAndDecrement() > 0) {
            throw new SourceException(Kind.NETWORK, "cam", "the connection was reset");
          }
        };
    return FakeFrameSource.of("cam", CLIP).endless().before(10, loss).before(20, loss);
  }

  private void assertEndsSoon(FakeParts parts, Interruption interruption) {
    long start = System.nanoTime();

    Cli.Result result =
        Cli.run(
            parts,
            interruption,
            "sample",
            "--source",
            "cam",
            "--annotate",
            directory.resolve("a.mp4").toString());

    assertThat(result.exitCode()).isEqualTo(143);
    assertThat(result.err()).isEmpty();
    assertBalanced(result.summary());
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  private static void aside(Interruption interruption) {
    new Thread(() -> interruption.signal(15), "test-signal").start();
  }

  private static List<String> events(Cli.Result result) {
    return result.lines("event").stream().map(line -> line.get("event").asText()).toList();
  }

  static void assertBalanced(JsonNode summary) {
    long dropped =
        StreamSupport.stream(summary.get("dropped").spliterator(), false)
            .mapToLong(JsonNode::asLong)
            .sum();
    assertThat(summary.get("read").asLong())
        .isEqualTo(summary.get("kept").asLong() + summary.get("failed").asLong() + dropped);
  }

  /** Hooks of sources are serializable, so what they reach is static. */
  private static final class Connecting {
    private static Interruption signal = new Interruption(code -> {});

    private Connecting() {}

    static void signalled() {
      aside(signal);
    }
  }

  /** A sink of events only. */
  private abstract static class EventSink implements ResultSink {
    @Override
    public void accept(Frame frame, FrameResult result) {}
  }
}
