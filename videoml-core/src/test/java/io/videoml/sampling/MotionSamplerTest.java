package io.videoml.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.videoml.motion.MotionRegion;
import io.videoml.source.DecodeDemand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MotionSamplerTest {
  private static final long MILLI = 1_000_000;

  @Test
  void decide_allMoves_keepsTheSecondAndThenAfterIntervalAndCoolDown() {
    // 25 frames a second: two frames wait for 100 ms, five cool down, the eighth is kept.
    assertThat(kept(MotionSampler.builder().build(), 40, 30)).containsExactly(1, 9, 17, 25);
  }

  @Test
  void decide_noCoolDown_keepsAtTheInterval() {
    assertThat(kept(MotionSampler.builder().cooldown(0).build(), 40, 10)).containsExactly(1, 4, 7);
    assertThat(kept(MotionSampler.builder().cooldown(0).minInterval(Duration.ZERO).build(), 40, 5))
        .containsExactly(1, 2, 3, 4);
  }

  @Test
  void decide_exactlyTheInterval_decidesAsTheReferenceInBinarySeconds() {
    // 0.2 - 0.1 is 0.1, but 0.3 - 0.2 is less: the reference waits for one more frame there.
    FrameSampler sampler = MotionSampler.builder().cooldown(0).build();

    assertThat(kept(sampler, 100, 8)).containsExactly(1, 2, 4, 6);
  }

  @Test
  void decide_eachFrame_saysWhyAndHowMuch() {
    MotionSampler sampler = MotionSampler.builder().cooldown(1).build();

    assertThat(sampler.decide(Flicker.frame(0, 10))).hasToString("drop no_motion");
    assertThat(sampler.decide(Flicker.frame(40 * MILLI, 10))).hasToString("drop no_motion 0.0");
    assertThat(sampler.decide(Flicker.frame(80 * MILLI, 90))).hasToString("keep motion 1.0");
    assertThat(sampler.decide(Flicker.frame(120 * MILLI, 10))).hasToString("drop min_interval 1.0");
    assertThat(sampler.decide(Flicker.frame(160 * MILLI, 10))).hasToString("drop no_motion 0.0");
    assertThat(sampler.decide(Flicker.frame(200 * MILLI, 90))).hasToString("drop cooldown 1.0");
    assertThat(sampler.decide(Flicker.frame(240 * MILLI, 10))).hasToString("keep motion 1.0");
  }

  @Test
  void decide_corruptOrOfAnotherSize_isNoMotion() {
    MotionSampler sampler = MotionSampler.builder().build();
    sampler.decide(Flicker.frame(0, 10));

    assertThat(sampler.decide(Flicker.frame(40 * MILLI, 90, Flicker.WIDTH, true)))
        .hasToString("drop no_motion");
    assertThat(sampler.decide(Flicker.frame(80 * MILLI, 10))).hasToString("drop no_motion 0.0");
    assertThat(sampler.decide(Flicker.frame(120 * MILLI, 90, 16, false)))
        .hasToString("drop no_motion");
    assertThat(sampler.decide(Flicker.frame(160 * MILLI, 10, 16, false)))
        .hasToString("keep motion 1.0");
  }

  @Test
  void decide_timeGoesBack_startsAfresh() {
    MotionSampler sampler = MotionSampler.builder().build();
    sampler.decide(Flicker.frame(100 * MILLI, 10));
    sampler.decide(Flicker.frame(140 * MILLI, 90));

    assertThat(sampler.decide(Flicker.frame(0, 10))).hasToString("drop no_motion");
    assertThat(sampler.decide(Flicker.frame(40 * MILLI, 90))).hasToString("keep motion 1.0");
  }

  @Test
  void decide_thresholdRegionAndLevel_areThoseOfTheBuilder() {
    MotionSampler level = MotionSampler.builder().level(100).build();
    MotionSampler nowhere =
        MotionSampler.builder()
            .region(MotionRegion.whole().without(0, 0, 1, 0, 1, 1, 0, 1))
            .build();
    MotionSampler nothing = MotionSampler.builder().threshold(0).build();
    for (FrameSampler sampler : List.of(level, nowhere, nothing)) {
      sampler.decide(Flicker.frame(0, 10));
    }

    assertThat(level.decide(Flicker.frame(MILLI, 110)).keep()).isFalse();
    assertThat(level.decide(Flicker.frame(2 * MILLI, 0)).keep()).isTrue();
    assertThat(nowhere.decide(Flicker.frame(MILLI, 250)).keep()).isFalse();
    assertThat(nothing.decide(Flicker.frame(MILLI, 10)).keep()).isFalse();
    assertThat(nothing.decide(Flicker.frame(2 * MILLI, 50)).keep()).isTrue();
  }

  @Test
  void demand_sleeping_isForWhatMoves() {
    assertThat(MotionSampler.builder().build().demand()).isEqualTo(DecodeDemand.ALL);
    assertThat(MotionSampler.builder().sleeping().build().demand()).isEqualTo(DecodeDemand.MOVING);
  }

  @Test
  void build_optionOutOfRange_throwsNamingIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MotionSampler.builder().threshold(1).build())
        .withMessageContaining("1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MotionSampler.builder().minInterval(Duration.ofMillis(-1)).build())
        .withMessageContaining("PT-0.001S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MotionSampler.builder().cooldown(-1).build())
        .withMessageContaining("-1");
  }

  @Property
  void decide_anyTimes_neverKeepsWithinTheInterval(
      @ForAll @Size(max = 60) List<@LongRange(min = -200, max = 200) Long> steps,
      @ForAll @IntRange(max = 3) int cooldown,
      @ForAll @IntRange(max = 150) int millis) {
    long interval = millis * MILLI;
    FrameSampler sampler =
        MotionSampler.builder().cooldown(cooldown).minInterval(Duration.ofNanos(interval)).build();
    long now = 0;
    long before = 0;
    long keptAt = -1;
    for (int i = 0; i < steps.size(); i++) {
      // Mostly forwards or not at all, now and then back: then a new run begins.
      long step = steps.get(i);
      now = Math.max(0, now + (step < -190 ? step : Math.max(0, step)) * MILLI + i % 3 - 1);
      keptAt = now < before ? -1 : keptAt;
      before = now;
      if (sampler.decide(Flicker.frame(now, i % 2 * 200)).keep()) {
        assertThat(keptAt < 0 || now - keptAt >= interval)
            .as("kept at %d after %d", now, keptAt)
            .isTrue();
        keptAt = now;
      }
    }
  }

  private static List<Integer> kept(FrameSampler sampler, long stepMillis, int frames) {
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      if (sampler.decide(Flicker.frame(i * stepMillis * MILLI, i % 2 * 200)).keep()) {
        kept.add(i);
      }
    }
    return kept;
  }
}
