package io.videoml.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketTimesTest {

  @Test
  void next_inTheOrderOfShowing_isDecodedWhenShown() {
    assertThat(decodingTimes(0, 40, 80, 120)).containsExactly(0L, 40L, 80L, 120L);
  }

  @Test
  void next_reordered_goesBackOnceAndThenNeverAgain() {
    List<Long> times = decodingTimes(0, 120, 40, 80, 240, 160, 200, 360, 280, 320);

    assertThat(times).containsExactly(0L, 120L, 40L, 40L, 80L, 160L, 200L, 240L, 280L, 320L);
    assertThat(times.subList(2, times.size())).isSorted();
  }

  /** Pictures refer to pictures that are shown between them: four orders at once. */
  @Test
  void next_reorderedInAPyramid_goesBackOnlyToWhatIsShownEarlier() {
    long[] shown = new long[60];
    int[] order = {8, 4, 2, 1, 3, 6, 5, 7};
    for (int i = 1; i < shown.length; i++) {
      shown[i] = 40 * ((i - 1) / 8 * 8 + order[(i - 1) % 8]);
    }
    List<Long> times = decodingTimes(shown);

    for (int i = 1; i < shown.length; i++) {
      if (times.get(i) < times.get(i - 1)) {
        assertThat(times.get(i)).as("picture %d", i).isEqualTo(shown[i]);
      }
    }
    assertThat(times.subList(8, times.size())).isSorted();
  }

  @Test
  void next_clockSetBack_startsAfresh() {
    assertThat(decodingTimes(10_000, 10_040, 0, 40)).containsExactly(10_000L, 10_040L, 0L, 40L);
  }

  @Test
  void next_withoutATime_isOneFrameLater() {
    PacketTimes times = new PacketTimes();
    times.frameRate(10);
    times.next(5_000_000);
    times.next(Gst.NO_TIME);

    assertThat(times.ptsNanos()).isEqualTo(105_000_000);
    assertThat(times.dtsNanos()).isEqualTo(105_000_000);
  }

  /** In and out in milliseconds. */
  private static List<Long> decodingTimes(long... shown) {
    PacketTimes times = new PacketTimes();
    List<Long> decoded = new ArrayList<>();
    for (long millis : shown) {
      times.next(millis * 1_000_000);
      assertThat(times.ptsNanos()).isEqualTo(millis * 1_000_000);
      assertThat(times.dtsNanos()).isLessThanOrEqualTo(times.ptsNanos());
      decoded.add(times.dtsNanos() / 1_000_000);
    }
    return decoded;
  }
}
