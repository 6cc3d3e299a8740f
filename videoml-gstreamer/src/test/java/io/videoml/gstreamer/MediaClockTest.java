package io.videoml.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MediaClockTest {
  private static final long SECOND = 1_000_000_000;
  private final MediaClock clock = new MediaClock(10 * SECOND);

  @Test
  void at_anyStart_startsAtZero() {
    assertThat(clock.at(500 * SECOND)).isZero();
    assertThat(clock.at(501 * SECOND)).isEqualTo(SECOND);
  }

  @Test
  void at_goesBack_startsANewRunOneFrameLater() {
    clock.frameRate(10);
    clock.at(100 * SECOND);
    clock.at(101 * SECOND);

    assertThat(clock.at(5 * SECOND)).isEqualTo(SECOND + SECOND / 10);
    assertThat(clock.at(6 * SECOND)).isEqualTo(2 * SECOND + SECOND / 10);
  }

  @Test
  void at_jumpsForward_startsANewRun() {
    clock.frameRate(10);
    clock.at(0);

    assertThat(clock.at(3600 * SECOND)).isEqualTo(SECOND / 10);
  }

  @Test
  void at_noTimestamps_goesByTheRate() {
    clock.frameRate(50);

    assertThat(clock.at(Gst.NO_TIME)).isZero();
    assertThat(clock.at(Gst.NO_TIME)).isEqualTo(SECOND / 50);
    assertThat(clock.at(Gst.NO_TIME)).isEqualTo(SECOND / 25);
  }
}
