package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.videoml.frame.CaptureClock;
import io.videoml.frame.ColorSpace;
import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import io.videoml.frame.OwnedFrame;
import io.videoml.frame.PixelFormat;
import io.videoml.sampling.FrameSampler;
import io.videoml.sampling.SamplingDecision;
import io.videoml.source.DecodeDemand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FrameSamplerTest {
  private static final LongUnaryOperator EXACT_30 = i -> Math.round(i * 1e9 / 30);
  private static final FrameSampler NONE = frame -> SamplingDecision.drop("none");

  @Test
  void everyNth_byPosition_keepsMultiples() {
    assertThat(kept(FrameSampler.everyNth(4), 10, EXACT_30)).containsExactly(0, 4, 8);
    assertThat(kept(FrameSampler.everyNth(1), 3, EXACT_30)).containsExactly(0, 1, 2);
  }

  @Test
  void everyNth_framesMissing_goesOnByPosition() {
    FrameSampler sampler = FrameSampler.everyNth(4);

    assertThat(sampler.decide(frame(3, 0, false)).keep()).isFalse();
    assertThat(sampler.decide(frame(4, 1, false)).keep()).isTrue();
    assertThat(sampler.decide(frame(9, 2, false)).keep()).isFalse();
  }

  @Test
  void everyNth_zero_throwsNamingTheValue() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrameSampler.everyNth(0))
        .withMessageContaining("0");
  }

  @Test
  void keyFrames_always_keepsThemAndDemandsNoMore() {
    FrameSampler sampler = FrameSampler.keyFrames();

    assertThat(sampler.decide(frame(0, 0, true)).keep()).isTrue();
    assertThat(sampler.decide(frame(1, 1, false)).keep()).isFalse();
    assertThat(sampler.demand()).isEqualTo(DecodeDemand.KEY_FRAMES);
  }

  @Test
  void atMost_thirtyFpsAtFiveHertz_keepsEverySixth() {
    assertThat(kept(FrameSampler.atMost(5), 900, EXACT_30)).isEqualTo(multiples(6, 900));
  }

  @Test
  void atMost_timesRoundedToMilliseconds_keepsEverySixth() {
    LongUnaryOperator rounded = i -> Math.round(i * 1000.0 / 30) * 1_000_000;
    LongUnaryOperator cut = i -> i * 1000 / 30 * 1_000_000;

    assertThat(kept(FrameSampler.atMost(5), 9000, rounded)).isEqualTo(multiples(6, 9000));
    assertThat(kept(FrameSampler.atMost(5), 9000, cut)).isEqualTo(multiples(6, 9000));
  }

  @Test
  void atMost_timesOfNinetyKilohertz_keepsEverySixth() {
    LongUnaryOperator ticks = i -> Math.round(i * 3000 * 1e9 / 90_000);

    assertThat(kept(FrameSampler.atMost(5), 9000, ticks)).isEqualTo(multiples(6, 9000));
  }

  @Test
  void atMost_ntscRate_keepsEverySixthAndOneMoreWhenItHasFallenBehind() {
    // 6 frames are 200.2 ms: 0.2 ms late each, so no frame comes early, and the grid is missed by a
    // whole interval only after 1000 of them.
    LongUnaryOperator ntsc = i -> Math.round(i * 1e9 * 1001 / 30_000);
    List<Integer> kept = kept(FrameSampler.atMost(5), 5000, ntsc);

    List<Integer> steps =
        IntStream.range(1, kept.size()).mapToObj(i -> kept.get(i) - kept.get(i - 1)).toList();
    assertThat(steps).allMatch(step -> step == 6 || step == 5);
    double seconds = 5000 * 1001 / 30_000.0;
    assertThat(kept).hasSize((int) Math.ceil(seconds * 5));
  }

  @Test
  void atMost_aboveTheRateOfTheStream_keepsEveryFrame() {
    assertThat(kept(FrameSampler.atMost(31), 300, EXACT_30)).hasSize(300);
    assertThat(kept(FrameSampler.atMost(1e6), 300, EXACT_30)).hasSize(300);
    assertThat(kept(FrameSampler.atMost(1e30), 300, EXACT_30)).hasSize(300);
  }

  @Test
  void atMost_theRateOfTheStreamRoundedToMilliseconds_keepsEveryFrame() {
    LongUnaryOperator rounded = i -> Math.round(i * 1000.0 / 30) * 1_000_000;

    assertThat(kept(FrameSampler.atMost(30), 9000, rounded)).hasSize(9000);
  }

  @Test
  void atMost_streamWithGaps_neverExceedsItsShare() {
    // Bursts of 10 frames within 10 ms, one burst a second.
    LongUnaryOperator bursts = i -> i / 10 * 1_000_000_000 + i % 10 * 1_000_000;

    assertThat(kept(FrameSampler.atMost(5), 100, bursts)).isEqualTo(multiples(10, 100));
  }

  @Test
  void atMost_timeGoesBack_startsAfresh() {
    LongUnaryOperator twice = i -> EXACT_30.applyAsLong(i % 20);

    assertThat(kept(FrameSampler.atMost(2), 40, twice)).containsExactly(0, 15, 20, 35);
  }

  @Test
  void atMost_rateThatIsNone_throwsNamingTheValue() {
    for (double hertz : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> FrameSampler.atMost(hertz))
          .withMessageContaining(String.valueOf(hertz));
    }
  }

  @Test
  void and_both_keepsWhatBothKeepAndAsksTheSecondOnlyAboutThat() {
    List<Long> asked = new ArrayList<>();
    FrameSampler second =
        frame -> {
          asked.add(frame.info().index());
          return FrameSampler.everyNth(3).decide(frame);
        };

    assertThat(kept(FrameSampler.everyNth(2).and(second), 13, EXACT_30)).containsExactly(0, 6, 12);
    assertThat(asked).containsExactly(0L, 2L, 4L, 6L, 8L, 10L, 12L);
  }

  @Test
  void or_either_keepsWhatOneKeepsAndAsksBoth() {
    FrameSampler either = FrameSampler.everyNth(4).or(FrameSampler.everyNth(6));

    assertThat(kept(either, 13, EXACT_30)).containsExactly(0, 4, 6, 8, 12);
  }

  @Test
  void or_bothRemember_bothSeeEveryFrame() {
    FrameSampler either = FrameSampler.all().or(FrameSampler.atMost(5)).and(NONE.not());

    assertThat(kept(either, 30, EXACT_30)).hasSize(30);
  }

  @Test
  void not_ofASampler_keepsTheOthersForTheSameReason() {
    FrameSampler sampler = FrameSampler.everyNth(3);

    assertThat(kept(sampler.not(), 6, EXACT_30)).containsExactly(1, 2, 4, 5);
    assertThat(sampler.not().decide(frame(1, 0, false))).hasToString("keep every_n");
    assertThat(sampler.not().not()).isSameAs(sampler);
  }

  @Test
  void orAtLeastEvery_nothingElseKept_keepsOnePerInterval() {
    FrameSampler sampler = NONE.orAtLeastEvery(Duration.ofSeconds(1));

    assertThat(kept(sampler, 95, EXACT_30)).containsExactly(30, 60, 90);
  }

  @Test
  void orAtLeastEvery_othersKept_waitsAnIntervalAfterThem() {
    FrameSampler sampler =
        ((FrameSampler)
                frame ->
                    frame.info().index() == 10
                        ? SamplingDecision.keep("ten")
                        : SamplingDecision.drop("ten"))
            .orAtLeastEvery(Duration.ofSeconds(1));

    assertThat(kept(sampler, 75, EXACT_30)).containsExactly(10, 40, 70);
  }

  @Test
  void orAtLeastEvery_timeGoesBack_startsAfresh() {
    LongUnaryOperator twice = i -> EXACT_30.applyAsLong(i % 40);

    assertThat(kept(NONE.orAtLeastEvery(Duration.ofSeconds(1)), 80, twice)).containsExactly(30, 70);
  }

  @Test
  void orAtLeastEvery_noInterval_throws() {
    for (Duration interval : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> NONE.orAtLeastEvery(interval))
          .withMessageContaining(interval.toString());
    }
  }

  @Test
  void demand_ofCombinations_coversWhatTheyMayKeep() {
    FrameSampler key = FrameSampler.keyFrames();
    FrameSampler all = FrameSampler.all();

    assertThat(key.and(all).demand()).isEqualTo(DecodeDemand.KEY_FRAMES);
    assertThat(all.and(key).demand()).isEqualTo(DecodeDemand.KEY_FRAMES);
    assertThat(key.or(all).demand()).isEqualTo(DecodeDemand.ALL);
    assertThat(key.or(key).demand()).isEqualTo(DecodeDemand.KEY_FRAMES);
    assertThat(key.not().demand()).isEqualTo(DecodeDemand.ALL);
    assertThat(key.orAtLeastEvery(Duration.ofSeconds(1)).demand()).isEqualTo(DecodeDemand.ALL);
    assertThat(key.and(FrameSampler.atMost(1)).demand()).isEqualTo(DecodeDemand.KEY_FRAMES);
  }

  @Test
  void demand_algebra_takesTheLargerForOrAndTheSmallerForAnd() {
    DecodeDemand[] all = DecodeDemand.values();
    for (int i = 0; i < all.length; i++) {
      for (int j = 0; j < all.length; j++) {
        boolean neitherHoldsBoth =
            EnumSet.of(all[i], all[j])
                .equals(Set.of(DecodeDemand.MOVING, DecodeDemand.REFERENCE_FRAMES));
        assertThat(all[i].or(all[j]))
            .isEqualTo(neitherHoldsBoth ? DecodeDemand.ALL : all[Math.max(i, j)]);
        assertThat(all[i].and(all[j])).isEqualTo(all[Math.min(i, j)]);
      }
    }
  }

  @Test
  void demand_ofWhatMoves_combines() {
    FrameSampler moving = new Demanding(DecodeDemand.MOVING);
    FrameSampler key = FrameSampler.keyFrames();

    assertThat(moving.and(FrameSampler.atMost(1)).demand()).isEqualTo(DecodeDemand.MOVING);
    assertThat(key.and(moving).demand()).isEqualTo(DecodeDemand.KEY_FRAMES);
    assertThat(key.or(moving).demand()).isEqualTo(DecodeDemand.MOVING);
    assertThat(moving.or(FrameSampler.all()).demand()).isEqualTo(DecodeDemand.ALL);
    assertThat(moving.not().demand()).isEqualTo(DecodeDemand.ALL);
    assertThat(moving.orAtLeastEvery(Duration.ofSeconds(9)).demand())
        .isEqualTo(DecodeDemand.MOVING);
  }

  private record Demanding(DecodeDemand demand) implements FrameSampler {
    @Override
    public SamplingDecision decide(Frame frame) {
      return SamplingDecision.keep("any");
    }
  }

  @Test
  void decision_withoutAReasonOrWithAScoreThatIsNone_throws() {
    assertThatIllegalArgumentException().isThrownBy(() -> SamplingDecision.keep(" "));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SamplingDecision.keep("motion").withScore(Double.NaN))
        .withMessageContaining("NaN");
  }

  @Test
  void decision_negated_keepsReasonAndScore() {
    SamplingDecision decision = SamplingDecision.drop("motion").withScore(0.25).negated();

    assertThat(decision).hasToString("keep motion 0.25");
    assertThat(decision.score()).hasValue(0.25);
    assertThat(SamplingDecision.keep("all").score()).isEmpty();
  }

  private static List<Integer> kept(FrameSampler sampler, int frames, LongUnaryOperator nanos) {
    return IntStream.range(0, frames)
        .filter(i -> sampler.decide(frame(i, nanos.applyAsLong(i), false)).keep())
        .boxed()
        .toList();
  }

  private static List<Integer> multiples(int step, int below) {
    return LongStream.range(0, below).filter(i -> i % step == 0).mapToObj(i -> (int) i).toList();
  }

  private static OwnedFrame frame(int index, long ptsNanos, boolean keyFrame) {
    FrameTime time =
        new FrameTime(Duration.ofNanos(ptsNanos), Instant.EPOCH, CaptureClock.ARRIVAL, 0);
    FrameInfo info =
        new FrameInfo(
            index,
            2,
            2,
            PixelFormat.GRAY8,
            ColorSpace.BT601_LIMITED,
            time,
            keyFrame,
            /* corrupt= */ false,
            /* decodeNanos= */ 0);
    return Frame.of(info, new byte[4]);
  }
}
