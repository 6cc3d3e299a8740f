package io.videoml.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.detect.Detections;
import io.videoml.detect.Detector;
import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.metrics.DropReason;
import io.videoml.pipeline.CorruptFrames;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.RunResult;
import io.videoml.pipeline.RunSummary;
import io.videoml.sampling.FrameSequences.Shot;
import io.videoml.sampling.SamplerTrees.Tree;
import io.videoml.source.FrameReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds for a whole run, with any samplers over any stream. */
class SampledPipelineTest {
  @Provide
  Arbitrary<List<Shot>> streams() {
    return FrameSequences.any();
  }

  @Provide
  Arbitrary<Tree> trees() {
    return SamplerTrees.any();
  }

  @Property(tries = 200)
  void run_anyCombination_keepsWhatTheSamplerKeepsOfWhatItDemands(
      @ForAll("trees") Tree tree, @ForAll("streams") List<Shot> stream, @ForAll boolean heeds) {
    SequenceSource source = new SequenceSource(stream, /* live= */ false, heeds);
    List<FrameInfo> kept = new ArrayList<>();

    RunResult end =
        Pipeline.named("any combination")
            .source(source)
            .sample(tree.factory())
            .corruptFrames(CorruptFrames.DELIVER)
            .sink(() -> (frame, result) -> kept.add(result.frame()))
            .build()
            .run();

    assertThat(end).isInstanceOf(RunResult.Completed.class);
    assertThat(kept).isEqualTo(keptWithoutAPipeline(source, tree.make()));
    assertAddsUp(end.summary(), stream, kept);
    assertMonotonic(kept, stream);
  }

  @Property(tries = 200)
  void run_stagesFailAndFramesAreDamaged_countsAddUp(
      @ForAll("trees") Tree tree,
      @ForAll("streams") List<Shot> stream,
      @ForAll boolean live,
      @ForAll CorruptFrames policy,
      @ForAll @IntRange(min = 2, max = 9) int samplerFails,
      @ForAll @IntRange(min = 2, max = 9) int detectorFails) {
    AtomicInteger failures = new AtomicInteger();
    List<FrameInfo> kept = new ArrayList<>();
    FrameSampler failing = frame -> failing(frame, samplerFails, failures);

    RunResult end =
        Pipeline.named("failing stages")
            .source(new SequenceSource(stream, live, /* heeds= */ true))
            .sample(() -> tree.make().and(failing))
            .detect(
                "failing " + UUID.randomUUID(), () -> new FailingDetector(detectorFails, failures))
            .corruptFrames(policy)
            .sink(() -> (frame, result) -> kept.add(result.frame()))
            .build()
            .run();

    assertThat(end).isInstanceOf(RunResult.Completed.class);
    assertThat(end.summary().failed()).isEqualTo(failures.get());
    assertAddsUp(end.summary(), stream, kept);
    assertMonotonic(kept, stream);
    if (policy != CorruptFrames.DELIVER) {
      assertThat(kept).noneMatch(FrameInfo::corrupt);
    }
  }

  private static void assertAddsUp(RunSummary summary, List<Shot> stream, List<FrameInfo> kept) {
    long dropped = summary.dropped().values().stream().mapToLong(Long::longValue).sum();
    assertThat(summary.read()).isEqualTo(stream.size());
    assertThat(summary.kept()).isEqualTo(kept.size());
    assertThat(summary.kept() + summary.failed() + dropped).isEqualTo(summary.read());
    assertThat(summary.dropped()).doesNotContainKey(DropReason.CLOSED);
  }

  /** Places rise all the time; times fall only where the stream's own do. */
  private static void assertMonotonic(List<FrameInfo> kept, List<Shot> stream) {
    for (int i = 1; i < kept.size(); i++) {
      int before = (int) kept.get(i - 1).index();
      int now = (int) kept.get(i).index();
      assertThat(now).isGreaterThan(before);
      boolean newRun = false;
      for (int j = before + 1; j <= now; j++) {
        newRun |= FrameSequences.goesBack(stream, j);
      }
      assertThat(
              newRun || !kept.get(i).time().pts().minus(kept.get(i - 1).time().pts()).isNegative())
          .as("%s does not come before %s", kept.get(i), kept.get(i - 1))
          .isTrue();
    }
  }

  private static List<FrameInfo> keptWithoutAPipeline(SequenceSource source, FrameSampler sampler) {
    List<FrameInfo> kept = new ArrayList<>();
    try (FrameReader reader = source.open(Optional.empty(), sampler.demand())) {
      while (reader.tryAdvance(
          frame -> {
            if (sampler.decide(frame).keep()) {
              kept.add(frame.info());
            }
          })) {
        reader.demand(sampler.demand());
      }
    }
    return kept;
  }

  private static SamplingDecision failing(Frame frame, int every, AtomicInteger failures) {
    if (frame.info().index() % every == 1) {
      failures.incrementAndGet();
      throw new Told("sampler");
    }
    return SamplingDecision.keep("test");
  }

  /** Hundreds of them are logged: without a stack trace. */
  private static final class Told extends RuntimeException {
    Told(String who) {
      super(who + " failed, as told", null, false, false);
    }
  }

  private record FailingDetector(int every, AtomicInteger failures) implements Detector {
    @Override
    public List<Detections> detect(List<? extends Frame> frames) {
      return frames.stream().map(this::detectOne).toList();
    }

    private Detections detectOne(Frame frame) {
      if (frame.info().index() % every == 0) {
        failures.incrementAndGet();
        throw new Told("detector");
      }
      return Detections.NONE;
    }

    @Override
    public int maxBatch() {
      return 1;
    }

    @Override
    public void close() {}
  }
}
