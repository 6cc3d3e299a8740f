package io.videoml.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.detect.Detections;
import io.videoml.frame.OwnedFrame;
import io.videoml.sampling.FrameSequences.Shot;
import io.videoml.sampling.SamplerTrees.Tree;
import io.videoml.source.DecodeDemand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds for samplers over any stream, however they are combined. */
class SamplerPropertiesTest {
  private static final Detection OBJECT = new Detection(0, "person", 0.9f, new Box(1, 2, 3, 4));

  @Provide
  Arbitrary<List<Shot>> streams() {
    return FrameSequences.any();
  }

  @Provide
  Arbitrary<Tree> trees() {
    return SamplerTrees.any();
  }

  @Provide
  Arbitrary<Duration> durations() {
    return SamplerTrees.durations();
  }

  @Property(tries = 500)
  void decide_anyCombination_doesNotDependOnWhereThePixelsLie(
      @ForAll("trees") Tree tree,
      @ForAll("streams") List<Shot> stream,
      @ForAll @IntRange(max = 70) int padding,
      @ForAll boolean direct) {
    FrameSampler packed = tree.make();
    FrameSampler padded = tree.make();
    for (Shot shot : stream) {
      try (OwnedFrame one = shot.packed();
          OwnedFrame other = shot.laidOut(padding, direct)) {
        assertThat(padded.decide(other)).hasToString(packed.decide(one).toString());
      }
    }
  }

  @Property(tries = 500)
  void decide_anyCombination_keepsNothingThatItDidNotDemand(
      @ForAll("trees") Tree tree, @ForAll("streams") List<Shot> stream) {
    FrameSampler sampler = tree.make();
    for (Shot shot : stream) {
      boolean passedOver = sampler.demand() == DecodeDemand.KEY_FRAMES && !shot.info().keyFrame();
      boolean keep = keeps(sampler, shot);
      assertThat(keep && passedOver).as("keeps %s, which it did not demand", shot).isFalse();
    }
  }

  @Property(tries = 500)
  void atMost_withAnyOther_isNeverExceeded(
      @ForAll("trees") Tree tree,
      @ForAll("streams") List<Shot> stream,
      @ForAll @IntRange(min = 1, max = 300) int decihertz,
      @ForAll boolean before) {
    double hertz = decihertz / 10.0;
    FrameSampler limit = FrameSampler.atMost(hertz);
    FrameSampler sampler = before ? limit.and(tree.make()) : tree.make().and(limit);

    for (List<Long> run : keptByRun(sampler, stream, /* seed= */ 0)) {
      // Each lies in an interval of its own, so n of them span more than n - 2 whole ones.
      assertRate(run, hertz, /* slack= */ 1);
    }
  }

  @Property(tries = 500)
  void adaptive_anyFeedback_staysWithinItsRates(
      @ForAll("streams") List<Shot> stream, @ForAll @IntRange(max = 1000) int seed) {
    AdaptiveSampler sampler = AdaptiveSampler.builder().minRate(0.5).maxRate(8).build();

    for (List<Long> run : keptByRun(sampler, stream, seed)) {
      assertRate(run, 8, /* slack= */ 0.5);
    }
    assertThat(sampler.rate()).isBetween(0.5, 8.0);
    assertThat(sampler.interval()).isBetween(Duration.ofMillis(125), Duration.ofSeconds(2));
    assertThat(sampler.activity()).isNotNegative().isFinite();
  }

  @Property(tries = 500)
  void orAtLeastEvery_ofAnyOther_leavesNoLongerGap(
      @ForAll("trees") Tree tree,
      @ForAll("streams") List<Shot> stream,
      @ForAll("durations") Duration interval) {
    FrameSampler sampler = tree.make().orAtLeastEvery(interval);
    long last = 0;
    for (int i = 0; i < stream.size(); i++) {
      long now = stream.get(i).nanos();
      if (i == 0 || FrameSequences.goesBack(stream, i)) {
        last = now;
      }
      if (keeps(sampler, stream.get(i))) {
        last = now;
      } else {
        assertThat(now - last)
            .as("since a frame was kept, at %s", stream.get(i))
            .isLessThan(interval.toNanos());
      }
    }
  }

  @Property(tries = 500)
  void withWarmUp_ofAnyOther_keepsThatOneWithoutTheStartOfEachRun(
      @ForAll("trees") Tree tree,
      @ForAll("streams") List<Shot> stream,
      @ForAll("durations") Duration time,
      @ForAll @IntRange(max = 12) int frames) {
    FrameSampler bare = tree.make();
    FrameSampler byFrames = tree.make().withWarmUp(frames);
    FrameSampler byTime = tree.make().withWarmUp(time);
    int start = 0;
    for (int i = 0; i < stream.size(); i++) {
      start = FrameSequences.goesBack(stream, i) ? i : start;
      long since = stream.get(i).nanos() - stream.get(start).nanos();
      boolean keep = keeps(bare, stream.get(i));
      assertThat(keeps(byFrames, stream.get(i))).isEqualTo(keep && i - start >= frames);
      assertThat(keeps(byTime, stream.get(i))).isEqualTo(keep && since >= time.toNanos());
    }
  }

  @Property(tries = 300)
  void andOrNot_ofStatelessOnes_areThoseOfLogic(
      @ForAll("streams") List<Shot> stream, @ForAll long seed) {
    FrameSampler a = FrameSampler.randomShare(0.5, seed);
    FrameSampler b = FrameSampler.keyFrames();
    for (Shot shot : stream) {
      boolean one = keeps(a, shot);
      boolean other = keeps(b, shot);
      assertThat(keeps(a.and(b), shot)).isEqualTo(one && other);
      assertThat(keeps(a.or(b), shot)).isEqualTo(one || other);
      assertThat(keeps(a.not(), shot)).isEqualTo(!one);
    }
  }

  private static void assertRate(List<Long> kept, double hertz, double slack) {
    for (int i = 0; i < kept.size(); i++) {
      for (int j = i + 1; j < kept.size(); j++) {
        double seconds = (kept.get(j) - kept.get(i)) / 1e9;
        double rounding = 0.001 * hertz; // times of containers are in milliseconds
        assertThat((double) (j - i))
            .as("kept within %s s at most, at %s Hz: %s", seconds, hertz, kept.subList(i, j + 1))
            .isLessThanOrEqualTo(seconds * hertz + slack + rounding + 1e-6);
      }
    }
  }

  /** Returns when frames were kept, for each run of the stream, and gives feedback, but late. */
  private static List<List<Long>> keptByRun(FrameSampler sampler, List<Shot> stream, int seed) {
    List<List<Long>> runs = new ArrayList<>();
    for (int i = 0; i < stream.size(); i++) {
      if (i == 0 || FrameSequences.goesBack(stream, i)) {
        runs.add(new ArrayList<>());
      }
      if (keeps(sampler, stream.get(i))) {
        runs.get(runs.size() - 1).add(stream.get(i).nanos());
      }
      if (seed > 0 && i % 3 == 0) {
        sampler.feedback(Detections.of(Collections.nCopies((seed + i) % 5, OBJECT)));
      }
    }
    return runs;
  }

  private static boolean keeps(FrameSampler sampler, Shot shot) {
    try (OwnedFrame frame = shot.packed()) {
      return sampler.decide(frame).keep();
    }
  }
}
