package io.videoml.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.detect.Detections;
import io.videoml.frame.Frame;
import io.videoml.source.DecodeDemand;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CombinatorsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void feedback_toAnyCombination_reachesEachPartOnce() {
    Demanding one = new Demanding(DecodeDemand.ALL);
    Demanding other = new Demanding(DecodeDemand.ALL);
    List<FrameSampler> combinations =
        List.of(
            one.and(other),
            one.or(other),
            one.not().or(other),
            one.orAtLeastEvery(SECOND).and(other),
            one.withWarmUp(3).and(other.withWarmUp(SECOND)));

    combinations.forEach(sampler -> sampler.feedback(Detections.NONE));

    assertThat(one.feedback).isEqualTo(combinations.size());
    assertThat(other.feedback).isEqualTo(combinations.size());
  }

  /** What is kept by both must be demanded by both; what by one, by one. */
  @ParameterizedTest
  @CsvSource({
    "KEY_FRAMES, ALL, KEY_FRAMES, ALL",
    "KEY_FRAMES, MOVING, KEY_FRAMES, MOVING",
    "MOVING, ALL, MOVING, ALL",
    "MOVING, REFERENCE_FRAMES, MOVING, ALL",
    "REFERENCE_FRAMES, ALL, REFERENCE_FRAMES, ALL",
    "KEY_FRAMES, REFERENCE_FRAMES, KEY_FRAMES, REFERENCE_FRAMES"
  })
  void demand_ofTwo_isTheLeastThatServesThem(
      DecodeDemand a, DecodeDemand b, DecodeDemand both, DecodeDemand either) {
    FrameSampler one = new Demanding(a);
    FrameSampler other = new Demanding(b);

    assertThat(one.and(other).demand()).isEqualTo(both);
    assertThat(other.and(one).demand()).isEqualTo(both);
    assertThat(one.or(other).demand()).isEqualTo(either);
    assertThat(other.or(one).demand()).isEqualTo(either);
  }

  @ParameterizedTest
  @CsvSource({
    "KEY_FRAMES, ALL",
    "MOVING, MOVING",
    "REFERENCE_FRAMES, ALL",
    "ALL, ALL",
  })
  void demand_ofOne_servesWhatIsAddedToIt(DecodeDemand inner, DecodeDemand atLeastEvery) {
    FrameSampler sampler = new Demanding(inner);

    assertThat(sampler.orAtLeastEvery(SECOND).demand()).isEqualTo(atLeastEvery);
    assertThat(sampler.not().demand()).isEqualTo(DecodeDemand.ALL);
    assertThat(sampler.withWarmUp(2).demand()).isEqualTo(inner);
    assertThat(sampler.withWarmUp(SECOND).demand()).isEqualTo(inner);
  }

  @Test
  void demand_changesWhileRunning_isAskedThroughEveryCombination() {
    Demanding changing = new Demanding(DecodeDemand.KEY_FRAMES);
    FrameSampler sampler =
        changing.withWarmUp(2).or(FrameSampler.keyFrames()).and(FrameSampler.all());
    assertThat(sampler.demand()).isEqualTo(DecodeDemand.KEY_FRAMES);

    changing.demand = DecodeDemand.REFERENCE_FRAMES;

    assertThat(sampler.demand()).isEqualTo(DecodeDemand.REFERENCE_FRAMES);
  }

  @Test
  void demand_motionBesideOthers_isNoMoreThanTheyNeed() {
    FrameSampler motion = FrameSampler.motion();
    FrameSampler sleeping = MotionSampler.builder().sleeping().build();

    assertThat(FrameSampler.keyFrames().and(motion).demand()).isEqualTo(DecodeDemand.KEY_FRAMES);
    assertThat(motion.and(FrameSampler.keyFrames()).demand()).isEqualTo(DecodeDemand.KEY_FRAMES);
    assertThat(sleeping.or(FrameSampler.keyFrames()).demand()).isEqualTo(DecodeDemand.MOVING);
    assertThat(sleeping.and(FrameSampler.adaptive()).demand()).isEqualTo(DecodeDemand.MOVING);
    assertThat(sleeping.orAtLeastEvery(SECOND).demand()).isEqualTo(DecodeDemand.MOVING);
  }

  @Test
  void times_beyondAllStreams_neverPass() {
    Duration forever = ChronoUnit.FOREVER.getDuration();
    FrameSampler scenes = SceneSampler.builder().minLength(forever).build();
    FrameSampler motion = MotionSampler.builder().cooldown(0).minInterval(forever).build();

    assertThat(keptOfFlicker(FrameSampler.atMost(0.25).orAtLeastEvery(forever)))
        .containsExactly(0, 4);
    assertThat(keptOfFlicker(FrameSampler.all().withWarmUp(forever))).isEmpty();
    assertThat(keptOfFlicker(scenes)).containsExactly(1);
    assertThat(keptOfFlicker(motion)).containsExactly(1);
  }

  /** Returns which of six frames are kept, each of another brightness than the one before. */
  private static List<Integer> keptOfFlicker(FrameSampler sampler) {
    return IntStream.range(0, 6)
        .filter(i -> sampler.decide(Flicker.frame(i * SECOND.toNanos(), 60 + i % 2 * 140)).keep())
        .boxed()
        .toList();
  }

  private static final class Demanding implements FrameSampler {
    DecodeDemand demand;
    int feedback;

    Demanding(DecodeDemand demand) {
      this.demand = demand;
    }

    @Override
    public SamplingDecision decide(Frame frame) {
      return SamplingDecision.keep("test");
    }

    @Override
    public DecodeDemand demand() {
      return demand;
    }

    @Override
    public void feedback(Detections detections) {
      feedback++;
    }
  }
}
