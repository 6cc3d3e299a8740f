package io.videoml.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.detect.Detections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AdaptiveSamplerTest {
  private static final Offset<Double> TINY = within(1e-9);
  private static final Detection OBJECT = new Detection(0, "person", 0.9f, new Box(1, 2, 3, 4));

  /** Frames come every 50 ms. */
  private static final int MILLIS = 50;

  @Test
  void decide_nothingHappens_slowsDownToTheLowestRate() {
    AdaptiveSampler sampler = still().build();

    // 1 s at base rate; then 1/0.9 = 1.11 s and 1/0.81 = 1.23 s, each at the next frame.
    assertThat(kept(sampler, 0, 70, 0)).containsExactly(0, 20, 43, 67);
    kept(sampler, 70, 4000, 0);
    assertThat(sampler.rate()).isEqualTo(0.1);
    assertThat(sampler.interval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(sampler.activity()).isZero();
  }

  @Test
  void decide_manyObjects_doublesTheRateUpToTheHighest() {
    AdaptiveSampler sampler = still().build();
    decide(sampler, 0);
    sampler.feedback(objects(10)); // seen = 0.5 * 10 = 5

    assertThat(decide(sampler, 20)).hasToString("keep adaptive 1.5"); // 0.3 * 5
    assertThat(sampler.rate()).isEqualTo(2);
    assertThat(decide(sampler, 29).keep()).isFalse();
    assertThat(decide(sampler, 30).keep()).isTrue();
    assertThat(sampler.activity()).isEqualTo(0.7 * 1.5 + 0.3 * 5, TINY);
    assertThat(sampler.rate()).isEqualTo(4);
    assertThat(kept(sampler, 31, 51, 10)).containsExactly(35, 38, 40, 42, 44, 46, 48, 50);
    assertThat(sampler.rate()).isEqualTo(10);
    assertThat(sampler.interval()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void decide_pictureChanges_doublesTheRateToo() {
    AdaptiveSampler sampler =
        AdaptiveSampler.builder().meters(region -> frame -> OptionalDouble.of(0.5)).build();

    assertThat(decide(sampler, 0)).hasToString("keep adaptive 0.0");
    assertThat(decide(sampler, 20)).hasToString("keep adaptive 1.5"); // 0.3 * 10 * 0.5
    assertThat(sampler.rate()).isEqualTo(2);
  }

  @Test
  void decide_activityAtTheThreshold_isNotAbove() {
    AdaptiveSampler sampler = still().smoothing(0).build();
    decide(sampler, 0);
    sampler.feedback(objects(2));

    assertThat(decide(sampler, 20)).hasToString("keep adaptive 1.0");
    assertThat(sampler.rate()).isEqualTo(0.9);
  }

  @Test
  void decide_droppedFrames_areNotMeasured() {
    List<Long> measured = new ArrayList<>();
    AdaptiveSampler sampler =
        AdaptiveSampler.builder()
            .meters(
                region ->
                    frame -> {
                      measured.add(frame.info().index());
                      return OptionalDouble.empty();
                    })
            .build();

    assertThat(kept(sampler, 0, 50, 0)).containsExactly(0, 20, 43);
    assertThat(measured).containsExactly(0L, 20L, 43L);
  }

  @Test
  void feedback_late_countsTheNewestAndUntilTheNext() {
    AdaptiveSampler sampler = still().smoothing(0).build();
    decide(sampler, 0);
    sampler.feedback(objects(7));
    sampler.feedback(objects(4));
    decide(sampler, 20);
    assertThat(sampler.activity()).isEqualTo(2);
    decide(sampler, 40);
    assertThat(sampler.activity()).isEqualTo(2);
    sampler.feedback(Detections.NONE);
    assertThat(sampler.activity()).as("until the next frame is kept").isEqualTo(2);
    decide(sampler, 60);

    assertThat(sampler.activity()).isZero();
  }

  @Test
  void decide_timeGoesBack_startsAfreshWithANewMeter() {
    AtomicInteger meters = new AtomicInteger();
    AdaptiveSampler sampler =
        AdaptiveSampler.builder()
            .meters(
                region -> {
                  meters.incrementAndGet();
                  return frame -> OptionalDouble.of(1);
                })
            .build();
    sampler.feedback(objects(9));
    kept(sampler, 0, 100, 9);
    assertThat(sampler.rate()).isEqualTo(10);

    assertThat(decide(sampler, 5)).hasToString("keep adaptive 0.0");
    assertThat(sampler.rate()).isEqualTo(1);
    assertThat(decide(sampler, 24).keep()).isFalse();
    assertThat(decide(sampler, 25)).hasToString("keep adaptive 3.0"); // motion only: 0.3 * 10
    assertThat(meters).hasValue(2);
  }

  @Test
  void decide_afterAGap_doesNotMakeUpForIt() {
    AdaptiveSampler sampler = still().raiseBy(1).lowerBy(1).build();

    assertThat(kept(sampler, 0, 1, 0)).containsExactly(0);
    assertThat(kept(sampler, 1000, 1060, 0)).containsExactly(1000, 1010, 1030, 1050);
  }

  @Test
  void decide_rateThatDoesNotDivideTheStreams_isKeptToInTheLongRun() {
    AdaptiveSampler sampler =
        still().baseRate(8).maxRate(8).raiseBy(1).lowerBy(1).build(); // every 2.5 frames

    assertThat(kept(sampler, 0, 16, 0)).containsExactly(0, 3, 5, 8, 10, 13, 15);
  }

  @Test
  void build_settingsThatCannotBe_throwNamingTheValue() {
    AdaptiveSampler.Builder builder = AdaptiveSampler.builder();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.baseRate(Double.NaN))
        .withMessageContaining("baseRate")
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.minRate(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxRate(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.smoothing(1.1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.raiseBy(0.5));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.lowerBy(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.motionWeight(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.detectionWeight(Double.MAX_VALUE))
        .withMessageContaining("detectionWeight must be within 0.0..1.0E9");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AdaptiveSampler.builder().minRate(2).build())
        .withMessageContaining("minRate <= baseRate <= maxRate, were 2.0, 1.0 and 10.0");
  }

  @Test
  void decide_largestWeights_activityStaysFinite() {
    AdaptiveSampler sampler =
        AdaptiveSampler.builder()
            .detectionWeight(1e9)
            .motionWeight(1e9)
            .meters(region -> frame -> OptionalDouble.of(1))
            .build();

    assertThat(kept(sampler, 0, 60, 1000)).contains(0, 20, 30);
    assertThat(sampler.activity()).isFinite().isGreaterThan(1e11);
    assertThat(sampler.rate()).isEqualTo(10);
  }

  @Test
  void build_settingsChangedAfterwards_doNotReachTheSampler() {
    AdaptiveSampler.Builder builder = still();
    AdaptiveSampler sampler = builder.build();
    builder.minRate(5).baseRate(5);
    decide(sampler, 0);
    decide(sampler, 20);

    assertThat(sampler.rate()).isEqualTo(0.9);
  }

  private static AdaptiveSampler.Builder still() {
    return AdaptiveSampler.builder().meters(region -> frame -> OptionalDouble.of(0));
  }

  private static Detections objects(int number) {
    return Detections.of(Collections.nCopies(number, OBJECT));
  }

  /** Returns which frames were kept, each answered at once with so many objects. */
  private static List<Integer> kept(AdaptiveSampler sampler, int from, int to, int objects) {
    List<Integer> kept = new ArrayList<>();
    for (int i = from; i < to; i++) {
      if (decide(sampler, i).keep()) {
        kept.add(i);
        sampler.feedback(objects(objects));
      }
    }
    return kept;
  }

  private static SamplingDecision decide(AdaptiveSampler sampler, int index) {
    return sampler.decide(SampledFrames.at(index, Duration.ofMillis((long) MILLIS * index)));
  }
}
