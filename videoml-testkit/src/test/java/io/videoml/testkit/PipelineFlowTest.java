package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.detect.Detections;
import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.metrics.DropReason;
import io.videoml.metrics.Stage;
import io.videoml.pipeline.CorruptFrames;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.PipelineEvent;
import io.videoml.pipeline.PipelineRun;
import io.videoml.pipeline.RunResult;
import io.videoml.pipeline.RunSummary;
import io.videoml.sampling.FrameSampler;
import io.videoml.sampling.SamplingDecision;
import io.videoml.source.DecodeDemand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PipelineFlowTest {
  private static final TestClip CLIP = TestClips.still();
  private static final Detection PERSON = new Detection(0, "person", 0.9f, new Box(1, 2, 11, 22));

  @Test
  void run_sampled_countsDropsAndTimesEachStage() {
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));

    RunSummary summary =
        fixture
            .detector(ScriptedDetector.finding(PERSON))
            .with(builder -> builder.sample(() -> FrameSampler.everyNth(5)))
            .run()
            .summary();

    assertThat(summary.read()).isEqualTo(60);
    assertThat(summary.kept()).isEqualTo(12);
    assertThat(summary.dropped()).containsExactly(Map.entry(DropReason.SAMPLED_OUT, 48L));
    assertThat(fixture.metrics.detections()).isEqualTo(12);
    assertThat(fixture.metrics.timed(Stage.DECODE)).isEqualTo(60);
    assertThat(fixture.metrics.timed(Stage.SAMPLE)).isEqualTo(60);
    assertThat(fixture.metrics.timed(Stage.INFERENCE)).isEqualTo(12);
    assertThat(summary.latency().get(Stage.TOTAL).count()).isEqualTo(12);
  }

  @Test
  void run_keyFramesOnly_countsTheOthersAsNotDemanded() {
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));

    RunSummary summary =
        fixture.with(builder -> builder.sample(FrameSampler::keyFrames)).run().summary();

    assertThat(fixture.sink.indices()).containsExactly(0L, 12L, 24L, 36L, 48L);
    assertThat(summary.dropped()).containsExactly(Map.entry(DropReason.NOT_DEMANDED, 55L));
    assertThat(summary.read()).isEqualTo(60);
  }

  @Test
  void run_demandChanges_reachesTheDecoder() {
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));

    fixture.with(builder -> builder.sample(SleepyUntil24::new)).run();

    // Asleep, only key frames; from 24 on it is awake, and 36 is the next key frame.
    List<Long> expected = new ArrayList<>(List.of(0L, 12L, 24L));
    LongStream.range(36, 60).forEach(expected::add);
    assertThat(fixture.sink.indices()).isEqualTo(expected);
  }

  private static final class SleepyUntil24 implements FrameSampler {
    private boolean awake;

    @Override
    public SamplingDecision decide(Frame frame) {
      awake = frame.info().index() >= 24;
      return SamplingDecision.keep("test");
    }

    @Override
    public DecodeDemand demand() {
      return awake ? DecodeDemand.ALL : DecodeDemand.KEY_FRAMES;
    }
  }

  @Test
  void run_slowDetectorOnAFile_losesNothing() {
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));
    CountDownLatch readerWaits = new CountDownLatch(1);
    ScriptedDetector detector =
        ScriptedDetector.scripted(
            frame -> {
              Bounded.await(readerWaits);
              return List.of();
            });

    RunSummary summary =
        fixture
            .detector(detector)
            .with(
                builder ->
                    builder.sample(
                        () ->
                            frame -> {
                              if (frame.info().index() == 3) { // 0 is looked at, 1 and 2 wait
                                readerWaits.countDown();
                              }
                              return SamplingDecision.keep("test");
                            }))
            .run()
            .summary();

    assertThat(summary.kept()).isEqualTo(60);
    assertThat(summary.dropped()).isEmpty();
  }

  @Test
  void run_slowDetectorOnALiveSource_takesTheNewest() {
    CountDownLatch detecting = new CountDownLatch(1);
    CountDownLatch allRead = new CountDownLatch(1);
    FakeFrameSource source =
        FakeFrameSource.of("camera", CLIP)
            .live()
            .before(1, () -> Bounded.await(detecting))
            .before(59, allRead::countDown) // 58 others were put or replaced by then
            .build();
    RunFixture fixture = new RunFixture(source);
    ScriptedDetector detector =
        ScriptedDetector.scripted(
            frame -> {
              detecting.countDown();
              Bounded.await(allRead);
              return List.of();
            });

    RunSummary summary = fixture.detector(detector).run().summary();

    List<Long> seen = fixture.sink.indices();
    assertThat(seen).startsWith(0L).endsWith(59L).isSorted().hasSizeLessThanOrEqualTo(3);
    assertThat(summary.dropped())
        .containsExactly(Map.entry(DropReason.MAILBOX_FULL, 60L - seen.size()));
  }

  @Test
  void run_sizeChanges_goesOnWithAFreshSampler() {
    AtomicInteger made = new AtomicInteger();
    RunFixture fixture =
        new RunFixture(FakeFrameSource.of("resized", CLIP).resizeAt(20, 32, 24).build())
            .with(
                builder ->
                    builder.sample(
                        () -> {
                          made.incrementAndGet();
                          return FrameSampler.atMost(1);
                        }));

    RunResult end = fixture.run();

    assertThat(end).isInstanceOf(RunResult.Completed.class);
    assertThat(made).hasValue(2);
    // Once a second from 0 on, then from 20 on.
    assertThat(fixture.sink.indices()).containsExactly(0L, 20L, 50L);
    assertThat(fixture.sink.events(PipelineEvent.Type.FORMAT_CHANGED))
        .extracting(PipelineEvent::detail)
        .containsExactly("64x48 I420 to 32x24 I420");
  }

  @Test
  void corruptFrames_delivered_areMarked() {
    RunFixture fixture = corrupt(CorruptFrames.DELIVER);

    assertThat(fixture.run().summary().kept()).isEqualTo(60);
    assertThat(fixture.sink.results())
        .extracting(FrameResult::frame)
        .filteredOn(FrameInfo::corrupt)
        .extracting(FrameInfo::index)
        .containsExactly(5L, 30L);
  }

  @Test
  void corruptFrames_dropped_areCounted() {
    RunFixture fixture = corrupt(CorruptFrames.DROP);

    assertThat(fixture.run().summary().dropped())
        .containsExactly(Map.entry(DropReason.CORRUPT, 2L));
    assertThat(fixture.sink.indices()).doesNotContain(5L, 30L).hasSize(58);
  }

  @Test
  void corruptFrames_waiting_areDroppedUpToTheNextKeyFrame() {
    RunFixture fixture = corrupt(CorruptFrames.WAIT_FOR_KEY_FRAME);

    // 5 to 11 and 30 to 35: key frames are at 12 and 36.
    assertThat(fixture.run().summary().dropped())
        .containsExactly(Map.entry(DropReason.CORRUPT, 13L));
    assertThat(fixture.sink.indices()).contains(4L, 12L, 29L, 36L).doesNotContain(11L, 35L);
  }

  private static RunFixture corrupt(CorruptFrames policy) {
    return new RunFixture(FakeFrameSource.of("corrupt", CLIP).corrupt(5, 30).build())
        .with(builder -> builder.corruptFrames(policy));
  }

  @Test
  void feedback_ofResults_reachesTheSamplerInOrderOnTheReaderThread() {
    ConcurrentLinkedQueue<String> threads = new ConcurrentLinkedQueue<>();
    List<Integer> sizes = new ArrayList<>();
    CountDownLatch firstResult = new CountDownLatch(3);
    FakeFrameSource source =
        FakeFrameSource.of("feedback", CLIP).before(3, () -> Bounded.await(firstResult)).build();
    RunFixture fixture = new RunFixture(source);
    FrameSampler sampler =
        new FrameSampler() {
          @Override
          public SamplingDecision decide(Frame frame) {
            threads.add(Thread.currentThread().getName());
            return SamplingDecision.keep("test");
          }

          @Override
          public void feedback(Detections detections) {
            threads.add(Thread.currentThread().getName());
            sizes.add(detections.size());
          }
        };

    fixture
        .detector(
            ScriptedDetector.scripted(frame -> frame.index() == 1 ? List.of(PERSON) : List.of()))
        .with(builder -> builder.sample(() -> sampler).onResult(result -> firstResult.countDown()))
        .run();

    assertThat(threads).containsOnly("videoml-" + fixture.name + "-reader");
    assertThat(sizes).startsWith(0, 1, 0);
  }

  @Test
  void feedback_ofTheSizeBefore_doesNotReachTheFreshSampler() {
    CountDownLatch resized = new CountDownLatch(1);
    CountDownLatch lastOfOldSize = new CountDownLatch(1);
    FakeFrameSource source =
        FakeFrameSource.of("resized", CLIP)
            .resizeAt(20, 32, 24)
            .before(
                21,
                () -> {
                  resized.countDown();
                  Bounded.await(lastOfOldSize);
                })
            .build();
    List<List<Integer>> feedback = new ArrayList<>();

    new RunFixture(source)
        .detector(
            ScriptedDetector.scripted(
                frame -> {
                  if (frame.index() == 19) {
                    Bounded.await(resized);
                  }
                  return frame.index() < 20 ? List.of(PERSON) : List.of();
                }))
        .with(
            builder ->
                builder
                    .sample(() -> countingFeedback(feedback))
                    .onResult(
                        result -> {
                          if (result.frame().index() == 19) {
                            lastOfOldSize.countDown();
                          }
                        }))
        .run();

    assertThat(feedback).hasSize(2);
    assertThat(feedback.get(0)).isNotEmpty().containsOnly(1);
    assertThat(feedback.get(1)).isNotEmpty().containsOnly(0);
  }

  /** Returns a sampler that adds a list, and to it how many objects it is told of. */
  private static FrameSampler countingFeedback(List<List<Integer>> all) {
    List<Integer> sizes = new ArrayList<>();
    all.add(sizes);
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

  @Test
  void resumeFrom_aResult_goesOnAfterIt() {
    RunFixture first = new RunFixture(FakeFrameSource.of(CLIP));
    first.with(builder -> builder.stopAfter(20)).run();
    FrameResult last = first.sink.results().get(19);

    RunFixture second = new RunFixture(FakeFrameSource.of(CLIP));
    second.with(builder -> builder.resumeFrom(last.position().orElseThrow())).run();

    assertThat(second.sink.results()).hasSize(40);
    assertThat(second.sink.results().get(0).frame().time().pts()).isEqualTo(CLIP.pts(20));
  }

  @Test
  void detect_sameKeyInTwoRuns_sharesOneAndClosesItAfterTheLast() {
    ScriptedDetector shared = ScriptedDetector.finding(PERSON);
    AtomicInteger made = new AtomicInteger();
    CountDownLatch release = new CountDownLatch(1);
    RunFixture waiting =
        new RunFixture(
            FakeFrameSource.of("waiting", CLIP).before(1, () -> Bounded.await(release)).build());
    RunFixture other = new RunFixture(FakeFrameSource.of(CLIP));
    for (RunFixture fixture : List.of(waiting, other)) {
      fixture.with(
          builder ->
              builder.detect(
                  "shared-by-two",
                  () -> {
                    made.incrementAndGet();
                    return shared;
                  }));
    }
    PipelineRun run = waiting.start();

    other.run();

    assertThat(shared.timesClosed()).isZero();
    release.countDown();
    waiting.ended(Bounded.call("await", run::await));
    assertThat(shared.timesClosed()).isOne();
    assertThat(made).hasValue(1);
    assertThat(shared.seen()).hasSize(120);
  }

  @Test
  void results_ofARun_canTravel() {
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));
    fixture.detector(ScriptedDetector.finding(PERSON)).run();
    FrameResult result = fixture.sink.results().get(59);

    FrameResult arrived = Travel.roundTrip(result);

    assertThat(arrived.frame()).isEqualTo(result.frame());
    assertThat(arrived.detections()).isEqualTo(result.detections());
    assertThat(arrived.position()).isEqualTo(result.position()).isPresent();
    assertThat(arrived.decision()).hasToString("keep all");
    assertThat(arrived).hasToString(result.toString());
  }
}
