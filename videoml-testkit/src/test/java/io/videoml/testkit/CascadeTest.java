package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.cascade.Budget;
import io.videoml.cascade.Match;
import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.detect.Detections;
import io.videoml.frame.Frame;
import io.videoml.metrics.DropReason;
import io.videoml.metrics.Stage;
import io.videoml.motion.MotionRegion;
import io.videoml.pipeline.Cascade;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineBuilder;
import io.videoml.pipeline.RunSummary;
import io.videoml.pipeline.StageSummary;
import io.videoml.sampling.FrameSampler;
import io.videoml.sampling.MotionSampler;
import io.videoml.sampling.SamplingDecision;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What cascades let through, count and tell, on 60 frames at 30 a second. */
class CascadeTest {
  private static final TestClip CLIP = TestClips.still();
  private static final Detection PERSON = new Detection(0, "person", 0.9f, new Box(1, 2, 11, 22));
  private static final Detection FACE = new Detection(1, "face", 0.8f, new Box(3, 3, 6, 6));
  private static final Match PEOPLE = Match.anyOf("person").above(0.4f);

  @Test
  void run_smallThenBig_countsWhyEachFrameStopped() {
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));
    ScriptedDetector small = every(4, PERSON);
    ScriptedDetector big = every(16, PERSON, FACE);
    RecordingUplink cloud = new RecordingUplink(frame -> 1000);

    RunSummary summary =
        fixture
            .with(
                builder ->
                    builder
                        .sample(() -> FrameSampler.everyNth(2))
                        .cascade(
                            Cascade.detect(fixture.name + "-small", () -> small)
                                .when(PEOPLE)
                                .atMost(5)
                                .then(fixture.name + "-big", () -> big)
                                .when(Match.anyOf("face"))
                                .to("cloud", () -> cloud)))
            .run()
            .summary();

    // Every fourth frame is 7.5 a second; at most 5 is every eighth of them.
    assertThat(big.seen()).extracting(frame -> frame.index() % 8).containsOnly(0L).hasSize(8);
    assertThat(fixture.sink.indices()).containsExactly(0L, 16L, 32L, 48L);
    assertThat(cloud.indices()).containsExactly(0L, 16L, 32L, 48L);
    assertThat(cloud.timesClosed()).isOne();
    assertThat(summary.kept()).isEqualTo(4);
    assertThat(summary.dropped())
        .containsExactly(
            Map.entry(DropReason.SAMPLED_OUT, 30L),
            Map.entry(DropReason.NO_MATCH, 15L + 4),
            Map.entry(DropReason.BUDGET, 7L));
    assertThat(summary.stages())
        .containsExactly(
            new StageSummary("decode", 60, 60, Map.of()),
            new StageSummary("sample", 60, 30, Map.of("every_n", 30L)),
            new StageSummary("mailbox", 30, 30, Map.of()),
            new StageSummary(fixture.name + "-small", 30, 8, Map.of("no_match", 15L, "budget", 7L)),
            new StageSummary(fixture.name + "-big", 8, 4, Map.of("no_match", 4L)),
            new StageSummary("cloud", 4, 4, Map.of()));
    assertThat(fixture.metrics.timed(Stage.INFERENCE)).isEqualTo(30 + 8);
  }

  @Test
  void results_holdTheLastDetectorsDetectionsAndTellOfTheOthers() {
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));
    String big = fixture.name + "-big";
    RecordingUplink between = new RecordingUplink(frame -> 0);

    fixture
        .with(
            builder ->
                builder.cascade(
                    Cascade.detect(fixture.name, () -> every(1, PERSON))
                        .to("between", () -> between)
                        .then(big, () -> every(1, PERSON, FACE))))
        .run();

    FrameResult soFar = between.sent().get(7);
    assertThat(soFar.detections().objects()).containsExactly(PERSON);
    assertThat(soFar.stage(fixture.name)).contains(soFar.detections());
    assertThat(soFar.stage(big)).isEmpty();
    FrameResult result = Travel.roundTrip(fixture.sink.results().get(7));
    assertThat(result.detections().objects()).containsExactly(PERSON, FACE);
    assertThat(result.stage(big)).contains(result.detections());
    assertThat(result.stage(fixture.name)).contains(soFar.detections());
    assertThat(result.stage("between")).isEmpty();
    assertThat(result.frame()).isEqualTo(soFar.frame());
    assertThat(result.position()).isEqualTo(soFar.position()).isPresent();
    assertThat(result.total()).isGreaterThanOrEqualTo(soFar.total());
  }

  @Test
  void when_onAnEarlierDetector_looksAtWhatThatFound() {
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));

    fixture
        .with(
            builder ->
                builder.cascade(
                    Cascade.detect(fixture.name, () -> every(20, PERSON))
                        .then(fixture.name + "-2", () -> every(1, FACE))
                        .when(fixture.name, PEOPLE)))
        .run();

    assertThat(fixture.sink.indices()).containsExactly(0L, 20L, 40L);
  }

  @Test
  void frames_withoutAGateBehind_areCounted() {
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));
    RecordingUplink cloud = new RecordingUplink(frame -> 1);

    RunSummary summary =
        fixture
            .with(builder -> builder.cascade(Cascade.frames().to("cloud", () -> cloud)))
            .run()
            .summary();

    assertThat(summary.stages().get(3)).isEqualTo(new StageSummary("frames", 60, 60, Map.of()));
    assertThat(summary.stages().get(4)).isEqualTo(new StageSummary("cloud", 60, 60, Map.of()));
  }

  @Test
  void when_aLambda_isACondition() {
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));

    fixture
        .with(
            builder ->
                builder.cascade(
                    Cascade.detect(fixture.name, () -> every(15, PERSON, FACE))
                        .when(found -> found.size() == 2)))
        .run();

    assertThat(fixture.sink.indices()).containsExactly(0L, 15L, 30L, 45L);
  }

  @Test
  void feedback_comesFromTheFirstDetectorAlsoWhereFramesStopThere() {
    ConcurrentLinkedQueue<Integer> sizes = new ConcurrentLinkedQueue<>();
    CountDownLatch seen = new CountDownLatch(30);
    FakeFrameSource source =
        FakeFrameSource.of("feedback", CLIP).before(31, () -> Bounded.await(seen)).build();
    RunFixture fixture = new RunFixture(source);
    ScriptedDetector small =
        ScriptedDetector.scripted(
            frame -> {
              seen.countDown();
              return List.of(PERSON);
            });

    fixture
        .with(
            builder ->
                builder
                    .sample(() -> countingInto(sizes))
                    .cascade(
                        Cascade.detect(fixture.name, () -> small)
                            .when(found -> found.objects().isEmpty())
                            .then(fixture.name + "-2", () -> every(1, PERSON, FACE))))
        .run();

    assertThat(fixture.sink.results()).isEmpty();
    assertThat(sizes).hasSizeGreaterThanOrEqualTo(29).containsOnly(1);
  }

  @Test
  void feedback_ofASecondDetector_isNotGiven() {
    List<Integer> sizes = new CopyOnWriteArrayList<>();
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));

    fixture
        .with(
            builder ->
                builder
                    .sample(() -> countingInto(sizes))
                    .cascade(
                        Cascade.detect(fixture.name, () -> every(1, PERSON))
                            .then(fixture.name + "-2", () -> every(1, PERSON, FACE))))
        .run();

    assertThat(sizes).isNotEmpty().containsOnly(1);
  }

  @Test
  void budget_ofBytes_paysOffEachFrameBeforeTheNext() {
    RecordingUplink cloud = new RecordingUplink(frame -> frame == 0 ? 500 : 100);
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));

    RunSummary summary =
        fixture
            .with(
                builder ->
                    builder.cascade(
                        Cascade.frames()
                            .budget(Budget.bytesPerMinute(60_000)) // a byte a millisecond
                            .to("cloud", () -> cloud)))
            .run()
            .summary();

    // 500 ms after the first, then the first frame at least 100 ms after each.
    List<Long> sent =
        LongStream.iterate(15, frame -> frame < 60, frame -> frame + 3).boxed().toList();
    assertThat(cloud.indices()).startsWith(0L).endsWith(57L).hasSize(16).containsAll(sent);
    assertThat(summary.dropped()).containsExactly(Map.entry(DropReason.BUDGET, 44L));
    assertThat(summary.stages().get(3))
        .isEqualTo(new StageSummary("frames", 60, 16, Map.of("budget", 44L)));
  }

  @Test
  void budget_ofTheRun_startsAfreshWithTheNext() {
    RecordingUplink cloud = new RecordingUplink(frame -> 1);
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));
    fixture.with(
        builder -> builder.cascade(Cascade.frames().atMost(0.001).to("cloud", () -> cloud)));

    fixture.spec().run();
    fixture.spec().run();

    assertThat(cloud.indices()).containsExactly(0L, 0L);
    assertThat(cloud.timesClosed()).isEqualTo(2);
  }

  @Test
  void budget_mediaTimeStartsAgain_neitherPaysNorForgets() {
    RunFixture fixture = new RunFixture(FakeFrameSource.of("loop", CLIP).restartTimeAt(30).build());

    fixture.with(builder -> builder.cascade(Cascade.frames().atMost(1))).run();

    // 29 steps of a thirtieth of a second up to frame 29, none to frame 30, one to 31.
    assertThat(fixture.sink.indices()).containsExactly(0L, 31L);
  }

  @Test
  void cascade_ofOneDetector_isThatDetector() {
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));

    RunSummary summary =
        fixture
            .with(
                builder ->
                    builder
                        .sample(() -> FrameSampler.everyNth(5))
                        .cascade(Cascade.detect(fixture.name, () -> every(1, PERSON))))
            .run()
            .summary();

    assertThat(summary.kept()).isEqualTo(12);
    assertThat(summary.stages())
        .extracting(StageSummary::name)
        .containsExactly("decode", "sample", "mailbox");
    assertThat(fixture.spec().parts()).containsKey("detect");
  }

  @Test
  void stages_afterMotion_countWhyFramesStopFromMotionToBudget() {
    RunFixture fixture = new RunFixture(FakeFrameSource.of(TestClips.movingSquare()));

    RunSummary summary =
        fixture
            .with(
                builder ->
                    builder
                        .sample(
                            () ->
                                MotionSampler.builder()
                                    .region(MotionRegion.whole().only(0, 0, 0.5, 0, 0.5, 1, 0, 1))
                                    .level(5)
                                    .minInterval(Duration.ZERO)
                                    .cooldown(0)
                                    .build())
                        .cascade(
                            Cascade.detect(fixture.name, () -> every(2, PERSON))
                                .when(PEOPLE)
                                .atMost(5)
                                .to("cloud", () -> new RecordingUplink(frame -> 1))))
            .run()
            .summary();

    StageSummary sample = summary.stages().get(1);
    StageSummary small = summary.stages().get(3);
    assertThat(sample.stopped()).containsOnlyKeys("no_motion");
    assertThat(sample.out()).isBetween(20L, 40L); // while the square is in the left half
    assertThat(small.stopped()).containsOnlyKeys("no_match", "budget");
    assertThat(summary.kept()).isEqualTo(small.out()).isPositive();
    assertThat(summary.read()).isEqualTo(60);
    assertThat(summary.kept() + summary.dropped().values().stream().mapToLong(n -> n).sum())
        .isEqualTo(60);
  }

  @Test
  void stages_ofASamplerWithManyReasons_addUpToSampledOut() {
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));

    RunSummary summary =
        fixture
            .with(
                builder ->
                    builder.sample(
                        () ->
                            frame ->
                                frame.info().index() % 10 == 0
                                    ? SamplingDecision.keep("tenth")
                                    : SamplingDecision.drop("mod_" + frame.info().index() % 3)))
            .run()
            .summary();

    assertThat(summary.dropped()).containsExactly(Map.entry(DropReason.SAMPLED_OUT, 54L));
    assertThat(summary.stages().get(1))
        .isEqualTo(
            new StageSummary("sample", 60, 6, Map.of("mod_0", 18L, "mod_1", 18L, "mod_2", 18L)));
  }

  @Test
  void build_senselessCascades_throwNamingWhatIsWrong() {
    Cascade small = Cascade.detect("small", ScriptedDetector::finding);

    assertThatThrownBy(() -> small.then("small", ScriptedDetector::finding))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two named small");
    assertThatThrownBy(() -> small.to(" ", () -> (frame, soFar) -> 0))
        .hasMessageContaining("not blank");
    assertThatThrownBy(() -> Cascade.frames().when(PEOPLE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("needs a detector before it");
    assertThatThrownBy(() -> small.when("big", PEOPLE))
        .hasMessageContaining("big")
        .hasMessageContaining("[small]");
    assertThatThrownBy(() -> builder().cascade(small.budget(Budget.bytesPerMinute(1))).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("pipeline dock has a budget of bytes that no uplink follows");
    assertThatThrownBy(
            () -> builder().cascade(small).detect("d", ScriptedDetector::finding).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("both detect and cascade");
  }

  private static PipelineBuilder builder() {
    return Pipeline.named("dock").source(FakeFrameSource.of(CLIP));
  }

  /** Finds the objects in every n-th frame of the clip. */
  /** Keeps every frame, and notes how many objects it is told of. */
  private static FrameSampler countingInto(Collection<Integer> sizes) {
    return new FrameSampler() {
      @Override
      public SamplingDecision decide(Frame frame) {
        return SamplingDecision.keep("test");
      }

      @Override
      public void feedback(Detections detections) {
        sizes.add(detections.size());
      }
    };
  }

  private static ScriptedDetector every(int n, Detection... objects) {
    return ScriptedDetector.scripted(
        frame -> frame.index() % n == 0 ? List.of(objects) : List.of());
  }
}
