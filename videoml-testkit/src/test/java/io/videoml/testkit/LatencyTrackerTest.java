package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.videoml.metrics.LatencyStats;
import io.videoml.metrics.LatencyTracker;
import io.videoml.metrics.Stage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatencyTrackerTest {
  @Test
  void stats_nothingRecorded_isEmpty() {
    assertThat(new LatencyTracker().stats(Stage.DECODE)).isEqualTo(LatencyStats.EMPTY);
  }

  @Test
  void stats_oneDuration_isThatEverywhere() {
    LatencyTracker tracker = tracker(16, 7);

    Duration seven = Duration.ofNanos(7);
    assertThat(tracker.stats(Stage.TOTAL))
        .isEqualTo(new LatencyStats(1, seven, Duration.ZERO, seven, seven, seven, seven, seven));
  }

  @Test
  void stats_eightDurations_areThoseOfTheTextbook() {
    // Mean 5; squared distances 9+1+1+1+0+0+4+16 = 32, variance 4. Ranks: p50 the 4th, p95 the 8th.
    LatencyTracker tracker = tracker(16, 9, 2, 4, 4, 7, 4, 5, 5);

    assertThat(tracker.stats(Stage.TOTAL))
        .isEqualTo(
            new LatencyStats(
                8, nanos(5), nanos(2), nanos(2), nanos(4), nanos(9), nanos(9), nanos(9)));
  }

  @Test
  void stats_oneToTwoHundred_haveTheNearestRanks() {
    LatencyTracker tracker = new LatencyTracker(200);
    for (int i = 200; i >= 1; i--) {
      tracker.record(Stage.TOTAL, i);
    }

    LatencyStats stats = tracker.stats(Stage.TOTAL);
    assertThat(stats.p50()).isEqualTo(nanos(100));
    assertThat(stats.p95()).isEqualTo(nanos(190));
    assertThat(stats.p99()).isEqualTo(nanos(198));
    assertThat(stats.max()).isEqualTo(nanos(200));
  }

  @Test
  void record_fullWindow_forgetsTheOldest() {
    LatencyTracker tracker = tracker(3, 1000, 1, 2, 3);

    LatencyStats stats = tracker.stats(Stage.TOTAL);
    assertThat(stats.count()).isEqualTo(3);
    assertThat(stats.max()).isEqualTo(nanos(3));
    assertThat(stats.mean()).isEqualTo(nanos(2));
  }

  @Test
  void stageTook_stages_areKeptApart() {
    LatencyTracker tracker = new LatencyTracker();
    tracker.stageTook("a", Stage.DECODE, 1);
    tracker.stageTook("b", Stage.INFERENCE, 2);

    assertThat(tracker.snapshot().keySet()).containsExactly(Stage.values());
    assertThat(tracker.snapshot().get(Stage.DECODE).max()).isEqualTo(nanos(1));
    assertThat(tracker.snapshot().get(Stage.INFERENCE).max()).isEqualTo(nanos(2));
    assertThat(tracker.snapshot().get(Stage.TOTAL).count()).isZero();
  }

  @Test
  void record_negative_throwsNamingTheValue() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LatencyTracker().record(Stage.DECODE, -5))
        .withMessageContaining("-5");
    assertThatIllegalArgumentException().isThrownBy(() -> new LatencyTracker(0));
  }

  private static LatencyTracker tracker(int window, long... durations) {
    LatencyTracker tracker = new LatencyTracker(window);
    for (long duration : durations) {
      tracker.record(Stage.TOTAL, duration);
    }
    return tracker;
  }

  private static Duration nanos(long nanos) {
    return Duration.ofNanos(nanos);
  }
}
