package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.cascade.Match;
import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.frame.Frame;
import io.videoml.metrics.DropReason;
import io.videoml.metrics.MetricsSink;
import io.videoml.pipeline.Cascade;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineBuilder;
import io.videoml.pipeline.PipelineEvent;
import io.videoml.pipeline.PipelineRun;
import io.videoml.pipeline.RunResult;
import io.videoml.pipeline.RunSummary;
import io.videoml.pipeline.StageSummary;
import io.videoml.pipeline.Uplink;
import io.videoml.sampling.SamplingDecision;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Stages that throw, hang or cannot be made. */
class CascadeFailuresTest {
  private static final TestClip CLIP = TestClips.still();
  private static final Detection PERSON = new Detection(0, "person", 0.9f, new Box(1, 2, 11, 22));

  private final RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));
  private final ScriptedDetector small = ScriptedDetector.finding(PERSON);
  private final RecordingUplink cloud = new RecordingUplink(frame -> 1);

  @Test
  void run_secondDetectorThrows_countsTheFrameAsFailedThereAndGoesOn() {
    ScriptedDetector big =
        ScriptedDetector.scripted(
            frame -> {
              if (frame.index() % 3 == 0) {
                throw new IllegalArgumentException("as told");
              }
              return List.of();
            });

    RunResult end = run(small().then(fixture.name + "-big", () -> big).to("cloud", () -> cloud));

    assertThat(end).isInstanceOf(RunResult.Completed.class);
    assertThat(end.summary().failed()).isEqualTo(20);
    assertThat(end.summary().kept()).isEqualTo(40);
    assertThat(stage(end, fixture.name + "-big").stopped()).isEqualTo(Map.of("failed", 20L));
    assertThat(fixture.sink.events(PipelineEvent.Type.FRAME_FAILED))
        .hasSize(20)
        .allMatch(event -> event.detail().startsWith("detector " + fixture.name + "-big failed"));
    assertThat(List.of(small.timesClosed(), big.timesClosed(), cloud.timesClosed()))
        .containsOnly(1);
  }

  @Test
  void run_uplinkThrows_failsTheFrameAndGoesOn() {
    RecordingUplink flaky =
        new RecordingUplink(
            frame -> {
              if (frame % 4 == 1) {
                throw new IOException("connection reset");
              }
              return 10;
            });

    RunResult end = run(small().to("flaky", () -> flaky).to("cloud", () -> cloud));

    assertThat(end.summary().failed()).isEqualTo(15);
    assertThat(cloud.indices()).hasSize(45).doesNotContain(1L, 5L);
    assertThat(stage(end, "flaky").stopped()).isEqualTo(Map.of("failed", 15L));
    assertThat(fixture.sink.events(PipelineEvent.Type.FRAME_FAILED))
        .allMatch(event -> event.detail().matches("uplink flaky failed at frame \\d+: .*reset"));
    assertThat(flaky.timesClosed()).isOne();
  }

  @Test
  void run_uplinkInterruptedByNoOne_failsTheFrameAndGoesOn() {
    RecordingUplink odd =
        new RecordingUplink(
            frame -> {
              assertThat(Thread.currentThread().isInterrupted()).isFalse();
              if (frame == 3) {
                throw new InterruptedException("as told");
              }
              return 1;
            });

    RunResult end = run(small().to("odd", () -> odd));

    assertThat(end).isInstanceOf(RunResult.Completed.class);
    assertThat(end.summary().failed()).isOne();
    assertThat(end.summary().kept()).isEqualTo(59);
  }

  @Test
  void run_metricsThrowAnError_countsTheFrameOnce() {
    MetricsSink broken =
        new MetricsSink() {
          @Override
          public void framesDropped(String stream, DropReason reason, long frames) {
            throw new NoClassDefFoundError("as told");
          }
        };
    PipelineBuilder noMatch =
        Pipeline.named("no-match")
            .source(FakeFrameSource.of(CLIP))
            .cascade(small().when(found -> found.objects().isEmpty()));
    PipelineBuilder sampledOut =
        Pipeline.named("sampled-out")
            .source(FakeFrameSource.of(CLIP))
            .sample(() -> frame -> SamplingDecision.drop("test"));

    for (PipelineBuilder pipeline : List.of(noMatch, sampledOut)) {
      RunResult end = Bounded.call("run", () -> pipeline.metrics(() -> broken).build().run());

      RunSummary summary = end.summary();
      long dropped = summary.dropped().values().stream().mapToLong(Long::longValue).sum();
      assertThat(end).isInstanceOf(RunResult.Failed.class);
      assertThat(summary.failed()).isZero();
      assertThat(summary.kept() + dropped).isEqualTo(summary.read());
    }
  }

  @Test
  void run_uplinkSaysLessThanNothing_failsTheFrame() {
    RunResult end = run(small().to("odd", () -> (frame, soFar) -> -5));

    assertThat(end.summary().failed()).isEqualTo(60);
    assertThat(fixture.sink.events(PipelineEvent.Type.FRAME_FAILED).get(0).detail())
        .contains("uplink odd says that it sent -5 bytes");
  }

  @Test
  void run_conditionThrows_failsTheFrame() {
    RunResult end =
        run(
            small()
                .when(
                    found -> {
                      throw new IllegalStateException("as told");
                    }));

    assertThat(end.summary().failed()).isEqualTo(60);
    assertThat(stage(end, fixture.name).stopped()).isEqualTo(Map.of("failed", 60L));
  }

  @Test
  void run_uplinkThrowsAnError_failsAndCountsTheFrame() {
    RunResult end =
        run(
            small()
                .to("cloud", () -> cloud)
                .to(
                    "native",
                    () ->
                        (frame, soFar) -> {
                          throw new UnsatisfiedLinkError("no native library");
                        }));

    assertThat(end)
        .isInstanceOfSatisfying(
            RunResult.Failed.class,
            failed -> assertThat(failed.cause()).isInstanceOf(UnsatisfiedLinkError.class));
    assertThat(end.summary().failed()).isOne();
    assertThat(end.summary().kept()).isZero();
    assertThat(cloud.timesClosed()).isOne();
    assertThat(small.timesClosed()).isOne();
  }

  @Test
  void run_uplinkCannotBeClosed_endsAndClosesTheRest() {
    Uplink stubborn =
        new Uplink() {
          @Override
          public long send(Frame frame, FrameResult soFar) {
            return 0;
          }

          @Override
          public void close() {
            throw new IllegalStateException("as told");
          }
        };

    RunResult end = run(small().to("stubborn", () -> stubborn).to("cloud", () -> cloud));

    assertThat(end).isInstanceOf(RunResult.Completed.class);
    assertThat(cloud.timesClosed()).isOne();
    assertThat(small.timesClosed()).isOne();
  }

  @Test
  void start_aLaterStageCannotBeMade_throwsAndGivesBackThoseBefore() {
    Cascade cascade =
        small()
            .to("cloud", () -> cloud)
            .then(
                fixture.name + "-big",
                () -> {
                  throw new IllegalStateException("no such model");
                });

    assertThatThrownBy(() -> fixture.with(builder -> builder.cascade(cascade)).start())
        .hasMessage("no such model");

    assertThat(small.timesClosed()).isOne();
    assertThat(cloud.timesClosed()).isOne();
    fixture.assertNoThreads();
  }

  @Test
  void start_aSinkCannotBeMade_closesTheStages() {
    fixture.with(
        builder ->
            builder
                .cascade(small().to("cloud", () -> cloud))
                .sink(
                    () -> {
                      throw new IllegalStateException("cannot write there");
                    }));

    assertThatThrownBy(fixture::start).hasMessage("cannot write there");

    assertThat(small.timesClosed()).isOne();
    assertThat(cloud.timesClosed()).isOne();
  }

  @Test
  void start_factoryMakesNull_throwsNamingTheStage() {
    fixture.with(builder -> builder.cascade(small().to("cloud", () -> null)));

    assertThatThrownBy(fixture::start).hasMessageContaining("uplink");

    assertThat(small.timesClosed()).isOne();
  }

  @Test
  void close_whileAnUplinkSends_interruptsItAndClosesAll() {
    CountDownLatch sending = new CountDownLatch(1);
    Uplink slow =
        (frame, soFar) -> {
          sending.countDown();
          new CountDownLatch(1).await();
          return 0;
        };
    fixture.with(
        builder -> builder.cascade(small().to("cloud", () -> cloud).to("slow", () -> slow)));
    PipelineRun run = fixture.start();
    Bounded.await(sending);

    Bounded.run("close", run::close);

    RunResult end = fixture.ended(Bounded.call("await", run::await));
    assertThat(end).isInstanceOf(RunResult.Stopped.class);
    assertThat(end.summary().kept()).isZero();
    assertThat(end.summary().failed()).isOne();
    assertThat(cloud.timesClosed()).isOne();
    assertThat(small.timesClosed()).isOne();
  }

  @Test
  void summary_whileAFrameIsInAStage_counts() {
    CountDownLatch sending = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Uplink slow =
        (frame, soFar) -> {
          sending.countDown();
          goOn.await();
          return 0;
        };
    fixture.with(builder -> builder.cascade(small().to("slow", () -> slow)));
    PipelineRun run = fixture.start();
    Bounded.await(sending);

    List<StageSummary> stages = run.summary().stages();

    assertThat(stages.get(3)).isEqualTo(new StageSummary(fixture.name, 1, 1, Map.of()));
    assertThat(stages.get(4)).isEqualTo(new StageSummary("slow", 1, 0, Map.of()));
    goOn.countDown();
    fixture.ended(Bounded.call("await", run::await));
  }

  @Test
  void detectors_ofTwoCascades_areSharedByKeyAndClosedAfterTheLast() {
    RunFixture other = new RunFixture(FakeFrameSource.of(CLIP));
    CountDownLatch release = new CountDownLatch(1);
    Uplink waiting =
        (frame, soFar) -> {
          Bounded.await(release);
          return 0;
        };
    PipelineRun first =
        fixture.with(builder -> builder.cascade(small().to("waiting", () -> waiting))).start();

    other
        .with(
            builder ->
                builder.cascade(
                    Cascade.detect(
                            fixture.name,
                            () -> {
                              throw new AssertionError("there is one already");
                            })
                        .when(Match.anything())))
        .run();

    assertThat(small.timesClosed()).isZero();
    release.countDown();
    fixture.ended(Bounded.call("await", first::await));
    assertThat(small.timesClosed()).isOne();
    assertThat(small.seen()).hasSize(120);
  }

  private Cascade small() {
    return Cascade.detect(fixture.name, () -> small);
  }

  private RunResult run(Cascade cascade) {
    return fixture.with(builder -> builder.cascade(cascade)).run();
  }

  private static StageSummary stage(RunResult end, String name) {
    return end.summary().stages().stream()
        .filter(stage -> stage.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
