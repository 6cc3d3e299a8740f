package io.videoml.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.frame.FrameInfo;
import io.videoml.frame.ResumePosition;
import io.videoml.metrics.DropReason;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineBuilder;
import io.videoml.pipeline.PipelineEvent;
import io.videoml.pipeline.PipelineRun;
import io.videoml.pipeline.RunResult;
import io.videoml.pipeline.RunSummary;
import io.videoml.resilience.Liveness;
import io.videoml.resilience.Resilience;
import io.videoml.resilience.StreamState;
import io.videoml.sampling.FrameSampler;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.RecordingMetricsSink;
import io.videoml.testkit.RecordingSink;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.TestClips;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cameras with faults, through a pipeline. */
@Timeout(60)
class ResilientPipelineTest {
  private static final Behaviour WELL = Behaviour.healthy();
  private static final Resilience QUICK = SurvivingStream.QUICK;

  private final TestClip clip = TestClips.movingSquare().withRate(500);

  // Made anew by recorded(), since a property calls its method many times on one instance.
  private RecordingSink sink = new RecordingSink();
  private RecordingMetricsSink metrics = new RecordingMetricsSink();

  @Test
  void events_sayWhatHappenedAndWhy() {
    FaultyFrameSource camera =
        camera()
            .connection(WELL.failAt(10, Kind.NETWORK))
            .connection(WELL.refuse(Kind.REFUSED))
            .connection(WELL.codec("h265").endAt(10))
            .afterwards(WELL.codec("h265").resizeAt(10, 32, 24))
            .build();

    RunResult end = recorded(camera).stopAfter(60).build().run();

    assertThat(end).isInstanceOf(RunResult.Completed.class);
    assertThat(sink.events())
        .extracting(event -> event.type() + " " + event.detail().replaceAll("[0-9]+ ms", "N ms"))
        .containsExactly(
            "CONNECTED h264 64x48, decoder faulty",
            "DISCONNECTED network: dock: fails at this frame, as told",
            "RECONNECTING attempt 1 in N ms, after network: dock: fails at this frame, as told",
            "RECONNECTING attempt 2 in N ms, after refused: dock: does not open, as told",
            "CONNECTED h265 64x48, decoder faulty",
            "FORMAT_CHANGED h264 to h265",
            "DISCONNECTED ended: dock: the stream ended",
            "RECONNECTING attempt 3 in N ms, after ended: dock: the stream ended",
            "CONNECTED h265 64x48, decoder faulty",
            "FORMAT_CHANGED 64x48 I420 to 32x24 I420",
            "ENDED ");
    assertThat(metrics.states())
        .containsExactly(
            StreamState.CONNECTING,
            StreamState.LIVE,
            StreamState.BACKING_OFF,
            StreamState.CONNECTING,
            StreamState.BACKING_OFF,
            StreamState.CONNECTING,
            StreamState.LIVE,
            StreamState.BACKING_OFF,
            StreamState.CONNECTING,
            StreamState.LIVE,
            StreamState.STOPPED);
    assertThat(metrics.reconnects(Kind.NETWORK)).isOne();
    assertThat(metrics.reconnects(Kind.REFUSED)).isOne();
    assertThat(metrics.reconnects(Kind.ENDED)).isOne();
    assertAddsUp(end.summary(), camera);
  }

  @Test
  void drift_ofACameraThatSetsItsClock_isMeasured() {
    FaultyFrameSource camera =
        camera().afterwards(WELL.jumpClockAt(5, Duration.ofHours(-1))).build();

    recorded(camera).stopAfter(10).build().run();

    assertThat(metrics.drifts()).hasSize(10);
    assertThat(Duration.ofNanos(metrics.drifts().get(2)).abs()).isLessThan(Duration.ofMinutes(1));
    assertThat(Duration.ofNanos(metrics.drifts().get(8)))
        .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
  }

  @Test
  void midGopJoin_noDamagedFrameReachesASink() {
    FaultyFrameSource camera =
        camera().afterwards(WELL.joinMidGop().failAt(20, Kind.NETWORK)).build();

    RunResult end = recorded(camera).stopAfter(100).build().run();

    assertThat(sink.results()).isNotEmpty();
    assertThat(sink.results())
        .extracting(FrameResult::frame)
        .extracting(FrameInfo::corrupt)
        .containsOnly(false);
    assertThat(end.summary().dropped().get(DropReason.CORRUPT)).isEqualTo(30); // 6 each
    assertAddsUp(end.summary(), camera);
  }

  @Test
  void givingUp_isTheFailureOfTheRun() {
    FaultyFrameSource camera = camera().afterwards(WELL.failAt(3, Kind.NETWORK)).build();
    Resilience impatient = QUICK.with(QUICK.reconnect().maxAttempts(2));

    RunResult end = recorded(camera).resilience(impatient).build().run();

    assertThat(end).isInstanceOf(RunResult.Failed.class);
    assertThat(metrics.states()).endsWith(StreamState.FAILED);
    assertThat(end.summary().read()).isEqualTo(9);
    assertAddsUp(end.summary(), camera);
  }

  @Test
  void close_whileACameraIsAway_isQuickAndComplete() {
    FaultyFrameSource camera = camera().afterwards(WELL.hangInOpen()).build();
    PipelineRun run = recorded(camera).build().start();
    Until.isTrue("it hangs", () -> camera.counts().opening() == 1);
    long start = System.nanoTime();

    run.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    assertThat(run.status().state()).isEqualTo(StreamState.STOPPED);
    assertThat(camera.counts().opening()).isZero();
  }

  @Test
  void liveness_slowSampler_isNoSilence() {
    AtomicInteger calls = new AtomicInteger();
    FaultyFrameSource camera = slowCamera(1650);
    FrameSampler slow =
        frame -> {
          if (calls.incrementAndGet() == 5) {
            LockSupport.parkNanos(Duration.ofMillis(1500).toNanos()); // far beyond every limit
          }
          return FrameSampler.everyNth(1).decide(frame);
        };

    recorded(camera).sample(() -> slow).stopAfter(10).build().run();

    assertThat(metrics.states()).doesNotContain(StreamState.STALLED);
    assertThat(camera.counts().opens()).isOne();
  }

  @Test
  void liveness_mailboxThatBlocks_isNoSilence() {
    AtomicInteger results = new AtomicInteger();
    FaultyFrameSource camera = slowCamera(1500);
    Resilience strict = QUICK.with(Liveness.defaults().framesWithin(Duration.ofMillis(600)));

    RunResult end =
        recorded(new Unhurried(camera))
            .resilience(strict)
            .onResult(
                result -> {
                  if (results.incrementAndGet() == 2) {
                    LockSupport.parkNanos(Duration.ofMillis(1500).toNanos());
                  }
                })
            .stopAfter(10)
            .build()
            .run();

    assertThat(metrics.states()).doesNotContain(StreamState.STALLED);
    assertThat(camera.counts().opens()).isOne();
    assertThat(end.summary().kept()).isEqualTo(10);
  }

  /**
   * Its fifth frame is handled slowly, and its sixth comes a while after that: so the watchdog
   * looks in between.
   */
  private FaultyFrameSource slowCamera(long millisToTheSixth) {
    return camera().pace(frame -> Duration.ofMillis(frame == 5 ? millisToTheSixth : 50)).build();
  }

  /** Waits for whoever takes its frames, and yet should never end. */
  private record Unhurried(FaultyFrameSource camera) implements FrameSource {
    @Override
    public String id() {
      return camera.id();
    }

    @Override
    public boolean live() {
      return false;
    }

    @Override
    public boolean endless() {
      return true;
    }

    @Override
    public FrameReader open(Optional<ResumePosition> from, DecodeDemand demand) {
      return camera.open(from, demand);
    }
  }

  @Property(tries = 60)
  void counts_whateverHappens_addUpOverAllConnections(
      @ForAll("faults") List<Behaviour> script,
      @ForAll @IntRange(min = 0, max = 3) int sampler,
      @ForAll @IntRange(min = 1, max = 80) int frames) {
    FaultyFrameSource.Builder builder = camera().pace(FramePace.unpaced());
    script.forEach(builder::connection);
    FaultyFrameSource camera = builder.build();

    RunResult end = recorded(camera).sample(() -> sampler(sampler)).stopAfter(frames).build().run();

    assertThat(end.summary().read()).isEqualTo(frames);
    assertThat(sink.events(PipelineEvent.Type.DISCONNECTED))
        .hasSizeLessThanOrEqualTo(script.size());
    assertAddsUp(end.summary(), camera);
  }

  private static FrameSampler sampler(int kind) {
    return switch (kind) {
      case 0 -> FrameSampler.everyNth(1);
      case 1 -> FrameSampler.everyNth(3);
      case 2 -> FrameSampler.keyFrames();
      default ->
          frame -> {
            if (frame.info().index() % 5 == 1) {
              throw new IllegalStateException("the sampler's own");
            }
            return FrameSampler.everyNth(1).decide(frame);
          };
    };
  }

  @Provide
  Arbitrary<List<Behaviour>> faults() {
    return Arbitraries.of(
            WELL.refuse(Kind.NETWORK),
            WELL.failAt(0, Kind.NETWORK),
            WELL.failAt(3, Kind.STALLED),
            WELL.failAt(17, Kind.REFUSED),
            WELL.endAt(5),
            WELL.throwAt(2),
            WELL.joinMidGop().failAt(9, Kind.NETWORK),
            WELL.corrupt(2, 4).endAt(20),
            WELL.resizeAt(4, 32, 24).failAt(13, Kind.NETWORK),
            WELL.jumpClockAt(3, Duration.ofHours(1)).endAt(7),
            WELL.jumpClockAt(3, Duration.ofHours(-1)).endAt(7))
        .list()
        .ofMaxSize(6);
  }

  private FaultyFrameSource.Builder camera() {
    return FaultyFrameSource.of("dock", clip);
  }

  private PipelineBuilder recorded(FrameSource source) {
    RecordingSink recording = new RecordingSink();
    RecordingMetricsSink counting = new RecordingMetricsSink();
    sink = recording;
    metrics = counting;
    return Pipeline.named("dock")
        .source(source)
        .sink(() -> recording)
        .metrics(() -> counting)
        .resilience(QUICK);
  }

  private void assertAddsUp(RunSummary summary, FaultyFrameSource camera) {
    long dropped = summary.dropped().values().stream().mapToLong(Long::longValue).sum();
    assertThat(summary.kept() + summary.failed() + dropped).isEqualTo(summary.read());
    assertThat(metrics.read()).isEqualTo(summary.read());
    assertThat(metrics.kept()).isEqualTo(summary.kept());
    assertThat(metrics.failed()).isEqualTo(summary.failed());
    assertThat(metrics.dropped()).isEqualTo(dropped);
    assertThat(camera.counts().openNow()).isZero();
    assertThat(camera.counts().ledger().open()).isZero();
    assertThat(camera.counts().ledger().closedAgain()).isZero();
  }
}
