package io.videoml.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.gstreamer.Unit.Fate;
import org.junit.jupiter.api.Test;

class UnitLogTest {
  private final UnitLog log = new UnitLog();
  private long number;

  @Test
  void settle_reordered_findsEachByItsTime() {
    note(0, Fate.FED);
    note(3, Fate.FED);
    note(1, Fate.FED);
    note(2, Fate.FED);

    assertThat(place(0)).isZero();
    assertThat(place(1)).isEqualTo(1);
    assertThat(place(2)).isEqualTo(2);
    assertThat(place(3)).isEqualTo(3);
    assertThat(log.inFlight()).isZero();
  }

  @Test
  void settle_passedOverBefore_counts() {
    note(0, Fate.FED);
    for (int i = 1; i < 12; i++) {
      note(i, Fate.PASSED_OVER);
    }
    note(12, Fate.FED);

    assertThat(place(0)).isZero();
    assertThat(log.notDemanded()).isZero();
    assertThat(place(12)).isEqualTo(12);
    assertThat(log.notDemanded()).isEqualTo(11);
  }

  @Test
  void settle_lostInTheDecoder_leavesAGapThatNobodyDeclined() {
    note(0, Fate.FED);
    note(1, Fate.FED);
    note(2, Fate.LOST);
    note(3, Fate.FED);

    assertThat(place(0)).isZero();
    assertThat(place(3)).isEqualTo(3);
    assertThat(log.notDemanded()).isZero();
    assertThat(log.inFlight()).isZero();
  }

  @Test
  void settle_withoutTimes_goesByOrder() {
    note(Gst.NO_TIME, Fate.FED);
    note(Gst.NO_TIME, Fate.FED);

    assertThat(place(Gst.NO_TIME)).isZero();
    assertThat(place(Gst.NO_TIME)).isEqualTo(1);
    assertThat(log.settle(Gst.NO_TIME)).isNull();
  }

  @Test
  void settle_clockSetBack_forgetsTheRunBefore() {
    note(1_000_000_000_000L, Fate.FED);
    for (int i = 0; i < 40; i++) {
      note(i * 1000L, Fate.FED);
    }
    for (int i = 0; i < 39; i++) {
      place(i * 1000L);
    }

    assertThat(place(39_000)).isEqualTo(40);
    assertThat(log.inFlight()).isZero();
  }

  @Test
  void end_countsWhatIsLeft() {
    note(0, Fate.FED);
    note(1, Fate.PASSED_OVER);
    note(2, Fate.PASSED_OVER);
    place(0);

    log.end();

    assertThat(log.notDemanded()).isEqualTo(2);
  }

  @Test
  void note_neverSettled_doesNotGrow() {
    for (int i = 0; i < 10_000; i++) {
      note(i, Fate.PASSED_OVER);
    }

    assertThat(log.notDemanded()).isEqualTo(10_000 - 4096);
  }

  private void note(long pts, Fate fate) {
    log.note(new Unit(number++, pts, pts == 0, false, fate, 0, null));
  }

  private long place(long pts) {
    assertThat(log.settle(pts)).isNotNull();
    return log.place(true);
  }
}
