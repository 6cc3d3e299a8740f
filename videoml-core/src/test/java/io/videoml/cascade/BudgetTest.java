package io.videoml.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BudgetTest {
  @Test
  void tryCall_thirtyFpsAtHalfAHertz_allowsOneEveryTwoSeconds() {
    BudgetMeter meter = Budget.callsPerSecond(0.5).start();

    assertThat(allowed(meter, 200, frame -> Duration.ofNanos(Math.round(frame * 1e9 / 30))))
        .containsExactly(0, 60, 120, 180);
  }

  @Test
  void tryCall_timesInRoundedMilliseconds_losesNoCallToTheRounding() {
    BudgetMeter meter = Budget.callsPerSecond(10).start();

    List<Integer> allowed =
        allowed(meter, 3000, frame -> Duration.ofMillis(Math.round(frame * 1e3 / 30)));

    assertThat(allowed).hasSize(1000).allMatch(frame -> frame % 3 == 0);
  }

  @Test
  void tryCall_evenlySpread_doesNotCatchUpAfterSilence() {
    BudgetMeter meter = Budget.callsPerSecond(2).start();
    meter.tryCall(seconds(0));

    assertThat(meter.tryCall(seconds(60))).isTrue();
    assertThat(meter.tryCall(seconds(60.25))).isFalse();
    assertThat(meter.tryCall(seconds(60.5))).isTrue();
  }

  @Test
  void tryCall_withBurst_spendsWhatWasSavedAndFromTheStart() {
    BudgetMeter meter = Budget.callsPerSecond(1).burst(Duration.ofSeconds(2)).start();

    assertThat(allowed(meter, 5, frame -> seconds(0))).containsExactly(0, 1, 2);
    assertThat(allowed(meter, 5, frame -> seconds(100))).containsExactly(0, 1, 2);
  }

  @Test
  void sent_moreThanThereWas_isPaidOffBeforeTheNext() {
    BudgetMeter meter = Budget.bytesPerMinute(60).start(); // one a second
    assertThat(meter.tryCall(seconds(0))).isTrue();
    meter.sent(5);

    assertThat(meter.tryCall(seconds(4.9))).isFalse();
    assertThat(meter.tryCall(seconds(5))).isTrue();
    meter.sent(0);
    assertThat(meter.tryCall(seconds(5))).isTrue();
  }

  @Test
  void sent_withAMinutesBurst_mayTakeAMinutesBytesAtOnce() {
    BudgetMeter meter = Budget.bytesPerMinute(60).burst(Duration.ofMinutes(1)).start();
    meter.tryCall(seconds(0));
    meter.sent(59);

    assertThat(meter.tryCall(seconds(0))).isTrue();
    meter.sent(11); // ten too many
    assertThat(meter.tryCall(seconds(9))).isFalse();
    assertThat(meter.tryCall(seconds(10))).isTrue();
  }

  @Test
  void tryCall_timestampGoesBack_neitherPaysNorStartsAfresh() {
    BudgetMeter meter = Budget.callsPerSecond(0.5).start();
    assertThat(meter.tryCall(seconds(10))).isTrue();

    assertThat(meter.tryCall(seconds(0))).isFalse();
    assertThat(meter.tryCall(seconds(1))).isFalse();
    assertThat(meter.tryCall(seconds(2))).isTrue();
  }

  @Test
  void tryCall_timestampBeyondAllTime_goesOnAfterwards() {
    BudgetMeter meter = Budget.callsPerSecond(1).start();
    meter.tryCall(seconds(-1));

    assertThat(meter.tryCall(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
    assertThat(meter.tryCall(seconds(0))).isFalse();
    assertThat(meter.tryCall(seconds(1))).isTrue();
  }

  @Test
  void sent_moreThanCanEverBePaid_refusesFromThenOn() {
    BudgetMeter meter = Budget.bytesPerMinute(1).start();
    meter.tryCall(seconds(0));
    meter.sent(Long.MAX_VALUE);
    meter.sent(Long.MAX_VALUE);

    assertThat(meter.tryCall(Duration.ofDays(36_500))).isFalse();
  }

  @Test
  void and_oneRefuses_costsTheOtherNothing() {
    Budget both = Budget.callsPerSecond(1).and(Budget.bytesPerMinute(60));
    BudgetMeter meter = both.start();
    assertThat(both.limitsBytes()).isTrue();
    meter.tryCall(seconds(0));
    meter.sent(3);

    assertThat(meter.tryCall(seconds(2.5))).isFalse(); // bytes; the call was not counted:
    assertThat(meter.tryCall(seconds(3))).isTrue();
    assertThat(meter.tryCall(seconds(3.5))).isFalse(); // calls
  }

  @Test
  void start_twice_metersEachByItself() {
    Budget budget = Budget.callsPerSecond(1);
    budget.start().tryCall(seconds(0));

    assertThat(budget.start().tryCall(seconds(0))).isTrue();
  }

  @Test
  void factories_notPositive_throwNamingTheValue() {
    assertThatThrownBy(() -> Budget.callsPerSecond(0)).hasMessageContaining("0.0");
    assertThatThrownBy(() -> Budget.callsPerSecond(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> Budget.callsPerSecond(Double.POSITIVE_INFINITY))
        .hasMessageContaining("Infinity");
    assertThatThrownBy(() -> Budget.bytesPerMinute(0)).hasMessageContaining("0");
    assertThatThrownBy(() -> Budget.bytesPerMinute(1).burst(Duration.ofSeconds(-1)))
        .hasMessageContaining("PT-1S");
    assertThatThrownBy(() -> Budget.bytesPerMinute(1).start().sent(-7)).hasMessageContaining("-7");
  }

  private static List<Integer> allowed(BudgetMeter meter, int frames, IntFunction<Duration> pts) {
    return IntStream.range(0, frames)
        .filter(frame -> meter.tryCall(pts.apply(frame)))
        .boxed()
        .toList();
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }
}
