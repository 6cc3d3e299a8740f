package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final long FRAME = 40_000_000;
  private static final TimeBase MILLIS = new TimeBase(1, 1000, FRAME, OptionalDouble.of(25));

  @Test
  void place_streamThatStartsLate_countsFromItsFirstFrame() {
    Timeline timeline = new Timeline(MILLIS, /* timed= */ true);

    assertThat(timeline.place(1500, true)).isZero();
    assertThat(timeline.nanos()).isZero();
    assertThat(timeline.place(1590, true)).isEqualTo(1);
    assertThat(timeline.nanos()).isEqualTo(90_000_000);
  }

  @Test
  void place_clockGoesBack_startsANewRunAfterTheLastFrame() {
    Timeline timeline = new Timeline(MILLIS, /* timed= */ true);
    timeline.place(1000, true);
    timeline.place(2000, true);

    timeline.place(30, true);
    assertThat(timeline.nanos()).isEqualTo(1_000_000_000 + FRAME);
    timeline.place(130, true);
    assertThat(timeline.nanos()).isEqualTo(1_100_000_000 + FRAME);
  }

  @Test
  void place_openGroup_countsThoseShownBeforeAndKeepsTheRest() {
    Timeline timeline = new Timeline(MILLIS, /* timed= */ true);
    timeline.place(0, true);
    timeline.passOver(40);
    timeline.passOver(80); // shown before the key frame of 160, with the next
    timeline.passOver(120);
    timeline.passOver(200); // shown after it

    assertThat(timeline.place(160, true)).isEqualTo(4);
    assertThat(timeline.notDemanded()).isEqualTo(3);
    timeline.end();
    assertThat(timeline.notDemanded()).isEqualTo(4);
  }

  @Test
  void place_frameThatWasNotPassedOver_isNotCountedAsSuch() {
    Timeline timeline = new Timeline(MILLIS, /* timed= */ true);
    timeline.passOver(0);
    timeline.passOver(40);

    assertThat(timeline.place(0, true)).isZero();
    assertThat(timeline.place(80, true)).isEqualTo(2);
    assertThat(timeline.notDemanded()).isEqualTo(1);
  }

  @Test
  void place_withoutTimestamps_followsTheFrameRate() {
    Timeline timeline = new Timeline(MILLIS, /* timed= */ false);
    timeline.place(avutil.AV_NOPTS_VALUE, true);
    timeline.passOver(avutil.AV_NOPTS_VALUE);

    assertThat(timeline.place(avutil.AV_NOPTS_VALUE, true)).isEqualTo(2);
    assertThat(timeline.nanos()).isEqualTo(2 * FRAME);
  }

  @Test
  void nanos_hugeTicks_doNotOverflow() {
    TimeBase fine = new TimeBase(1, 90_000, FRAME, OptionalDouble.empty());

    assertThat(fine.nanos(90_000L * 3600 * 24 * 365)).isEqualTo(3600L * 24 * 365 * 1_000_000_000);
    assertThat(fine.nanos(-45_000)).isEqualTo(-500_000_000);
  }
}
