package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.frame.Frame;
import io.videoml.metrics.DropReason;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineEvent;
import io.videoml.pipeline.ResultSink;
import io.videoml.pipeline.RunResult;
import io.videoml.sampling.FrameSampler;
import io.videoml.source.SourceException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Every way a run can end; {@link RunFixture#ended} checks that counts, frames and threads add up.
 */
class PipelineEndingsTest {
  private static final TestClip CLIP = TestClips.still();

  @Test
  void run_sourceEnds_completesWithEveryFrame() {
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));
    RunResult end = fixture.detector(ScriptedDetector.finding()).run();

    assertThat(end).isInstanceOf(RunResult.Completed.class);
    assertThat(end.summary().kept()).isEqualTo(60);
    assertThat(fixture.sink.indices()).isEqualTo(LongStream.range(0, 60).boxed().toList());
    assertThat(fixture.sink.events())
        .extracting(PipelineEvent::type)
        .containsExactly(PipelineEvent.Type.CONNECTED, PipelineEvent.Type.ENDED);
  }

  @Test
  void run_emptySource_completesWithNothing() {
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP.withFrames(0)));

    RunResult end = fixture.run();

    assertThat(end).isInstanceOf(RunResult.Completed.class);
    assertThat(end.summary().read()).isZero();
  }

  @Test
  void stopAfter_frames_readsExactlySoMany() {
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));

    RunResult end = fixture.with(builder -> builder.stopAfter(17)).run();

    assertThat(end).isInstanceOf(RunResult.Completed.class);
    assertThat(end.summary().read()).isEqualTo(17);
    assertThat(end.summary().kept()).isEqualTo(17);
  }

  @Test
  void stopAfter_framesOfWhichFewAreDecoded_countsThemAll() {
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));

    RunResult end =
        fixture.with(builder -> builder.sample(FrameSampler::keyFrames).stopAfter(30)).run();

    assertThat(end.summary().read()).isEqualTo(30);
    assertThat(fixture.sink.indices()).containsExactly(0L, 12L, 24L);
    assertThat(end.summary().dropped()).containsOnly(Map.entry(DropReason.NOT_DEMANDED, 27L));
  }

  @Test
  void stopAfter_mediaTime_endsBeforeThatFrame() {
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));

    RunResult end = fixture.with(builder -> builder.stopAfter(Duration.ofMillis(500))).run();

    assertThat(end).isInstanceOf(RunResult.Completed.class);
    assertThat(end.summary().read()).isEqualTo(15); // 0 to 466 ms
  }

  @Test
  void run_sourceDoesNotOpen_failsWithItsKind() {
    FakeFrameSource source =
        FakeFrameSource.of("gone", CLIP)
            .onOpen(
                () -> {
                  throw new SourceException(SourceException.Kind.NOT_FOUND, "gone", "no such file");
                })
            .build();

    RunResult end = new RunFixture(source).run();

    assertThat(end)
        .isInstanceOfSatisfying(
            RunResult.Failed.class,
            failed -> assertThat(failed.cause()).hasMessage("gone: no such file"));
    assertThat(end.summary().read()).isZero();
  }

  @Test
  void run_sourceFailsMidway_deliversWhatCameBefore() {
    RunFixture fixture =
        new RunFixture(
            FakeFrameSource.of("cut", CLIP).failAt(20, SourceException.Kind.NETWORK).build());

    RunResult end = fixture.detector(ScriptedDetector.finding()).run();

    assertThat(end).isInstanceOf(RunResult.Failed.class);
    assertThat(end.summary().kept()).isEqualTo(20);
    assertThat(fixture.sink.results()).hasSize(20);
  }

  @Test
  void run_sourceThrowsAnError_fails() {
    RunFixture fixture =
        new RunFixture(
            FakeFrameSource.of("native", CLIP)
                .before(
                    5,
                    () -> {
                      throw new NoClassDefFoundError("no codec");
                    })
                .build());

    RunResult end = fixture.run();

    assertThat(cause(end)).isInstanceOf(NoClassDefFoundError.class);
    assertThat(end.summary().kept()).isEqualTo(5);
  }

  @Test
  void run_detectorThrows_countsTheFrameAsFailedAndGoesOn() {
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));
    ScriptedDetector detector =
        ScriptedDetector.scripted(
            frame -> {
              if (frame.index() % 3 == 0) {
                throw new IllegalArgumentException("as told");
              }
              return List.of();
            });

    RunResult end = fixture.detector(detector).run();

    assertThat(end).isInstanceOf(RunResult.Completed.class);
    assertThat(end.summary().failed()).isEqualTo(20);
    assertThat(end.summary().kept()).isEqualTo(40);
    assertThat(fixture.sink.events(PipelineEvent.Type.FRAME_FAILED)).hasSize(20);
    assertThat(detector.timesClosed()).isOne();
  }

  @Test
  void run_detectorThrowsAnError_failsAndCountsTheFrame() {
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));
    ScriptedDetector detector =
        ScriptedDetector.scripted(
            frame -> {
              if (frame.index() == 4) {
                throw new UnsatisfiedLinkError("no native library");
              }
              return List.of();
            });

    RunResult end = fixture.detector(detector).run();

    assertThat(cause(end)).isInstanceOf(UnsatisfiedLinkError.class);
    assertThat(end.summary().failed()).isOne();
    assertThat(end.summary().kept()).isEqualTo(4);
    assertThat(detector.timesClosed()).isOne();
  }

  @Test
  void run_detectorErrorWhileALiveSourceIsSilent_endsAll() {
    RunFixture fixture =
        new RunFixture(FakeFrameSource.of("silent", CLIP).live().hangAt(1).build());

    RunResult end =
        fixture
            .detector(
                ScriptedDetector.scripted(
                    frame -> {
                      throw new StackOverflowError();
                    }))
            .run();

    assertThat(cause(end)).isInstanceOf(StackOverflowError.class);
    assertThat(end.summary().read()).isOne();
  }

  @Test
  void run_samplerThrows_countsTheFrameAsFailedAndGoesOn() {
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));

    RunResult end =
        fixture
            .with(
                builder ->
                    builder.sample(
                        () ->
                            frame -> {
                              if (frame.info().index() == 7) {
                                throw new IllegalStateException("as told");
                              }
                              return FrameSampler.all().decide(frame);
                            }))
            .run();

    assertThat(end.summary().failed()).isOne();
    assertThat(end.summary().kept()).isEqualTo(59);
    assertThat(fixture.sink.events(PipelineEvent.Type.FRAME_FAILED)).hasSize(1);
  }

  @Test
  void run_samplerReturnsNull_countsEveryFrameAsFailed() {
    RunResult end =
        new RunFixture(FakeFrameSource.of(CLIP))
            .with(builder -> builder.sample(() -> frame -> null))
            .run();

    assertThat(end).isInstanceOf(RunResult.Completed.class);
    assertThat(end.summary().failed()).isEqualTo(60);
  }

  @Test
  void run_samplerThrowsAnError_fails() {
    RunResult end =
        new RunFixture(FakeFrameSource.of(CLIP))
            .with(
                builder ->
                    builder.sample(
                        () ->
                            frame -> {
                              throw new NoClassDefFoundError("no filter");
                            }))
            .run();

    assertThat(cause(end)).isInstanceOf(NoClassDefFoundError.class);
    assertThat(end.summary().failed()).isOne();
  }

  @Test
  void run_sinkThrowsOnAcceptAndClose_isToldAndForgotten() {
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));

    RunResult end = fixture.with(builder -> builder.sink(FailingSink::new)).run();

    assertThat(end).isInstanceOf(RunResult.Completed.class);
    assertThat(end.summary().kept()).isEqualTo(60);
    assertThat(fixture.sink.results()).hasSize(60);
    assertThat(fixture.sink.events(PipelineEvent.Type.LISTENER_FAILED)).hasSize(60);
  }

  @Test
  void run_listenerThrows_goesOn() {
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));

    RunResult end =
        fixture
            .with(
                builder ->
                    builder.onResult(
                        result -> {
                          throw new IllegalStateException("as told");
                        }))
            .run();

    assertThat(end).isInstanceOf(RunResult.Completed.class);
    assertThat(fixture.sink.results()).hasSize(60);
  }

  @Test
  void run_listenerThrowsAnError_fails() {
    RunResult end =
        new RunFixture(FakeFrameSource.of(CLIP))
            .with(
                builder ->
                    builder.onResult(
                        result -> {
                          throw new AssertionError("as told");
                        }))
            .run();

    assertThat(cause(end)).isInstanceOf(AssertionError.class);
    assertThat(end.summary().kept()).isOne();
  }

  @Test
  void start_aSinkCannotBeMade_throwsAndClosesTheRest() {
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));
    ScriptedDetector detector = ScriptedDetector.finding();

    assertThatThrownBy(
            () ->
                fixture
                    .detector(detector)
                    .with(
                        builder ->
                            builder.sink(
                                () -> {
                                  throw new IllegalStateException("cannot write there");
                                }))
                    .start())
        .hasMessage("cannot write there");

    assertThat(fixture.sink.timesClosed()).isOne();
    assertThat(detector.timesClosed()).isOne();
    fixture.assertNoThreads();
  }

  @Test
  void start_factoriesMakeNull_throwsNamingTheStage() {
    FakeFrameSource source = FakeFrameSource.of(CLIP);

    assertThatThrownBy(() -> Pipeline.named("x").source(source).sample(() -> null).build().start())
        .hasMessageContaining("sampler");
    assertThatThrownBy(
            () -> Pipeline.named("x").source(source).detect("null", () -> null).build().start())
        .hasMessageContaining("detector");
    assertThatThrownBy(() -> Pipeline.named("x").source(source).sink(() -> null).build().start())
        .hasMessageContaining("sink");
    assertThatThrownBy(() -> Pipeline.named("x").source(source).metrics(() -> null).build().start())
        .hasMessageContaining("metrics");
  }

  private static Throwable cause(RunResult end) {
    assertThat(end).isInstanceOf(RunResult.Failed.class);
    return ((RunResult.Failed) end).cause();
  }

  private static final class FailingSink implements ResultSink {
    @Override
    public void accept(Frame frame, FrameResult result) {
      throw new IllegalStateException("disk full");
    }

    @Override
    public void onEvent(PipelineEvent event) {
      throw new IllegalStateException("disk full");
    }

    @Override
    public void close() {
      throw new IllegalStateException("disk full");
    }
  }
}
