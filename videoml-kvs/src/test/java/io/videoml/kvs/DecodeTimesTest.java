package io.videoml.kvs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DecodeTimesTest {
  private static final long FIRST = 1_000_000_000;

  private static long[] of(DecodeTimes times, long... pts) {
    return LongStream.of(pts).map(times::next).toArray();
  }

  @Test
  void next_nothingReordered_isTheTimeOfShowing() {
    DecodeTimes times = new DecodeTimes(0);

    assertThat(of(times, 10, 20, 30, 40)).containsExactly(10, 20, 30, 40);
  }

  @Test
  void next_reorderedAndLearned_isAsManyPicturesEarlier() {
    DecodeTimes times = new DecodeTimes(0);
    long[] pts = {10, 40, 20, 30, 70, 50, 60};
    times.learn(LongStream.of(pts));

    assertThat(of(times, pts)).containsExactly(10 - 40_000_000, 10, 20, 30, 40, 50, 60);
  }

  @Test
  void next_deepOrder_firstTimesShowTheDepth() {
    DecodeTimes times = new DecodeTimes(0);
    long[] pts = {0, 40, 20, 10, 30, 80, 60, 50, 70};
    times.every(10);
    times.learn(LongStream.of(pts));

    assertThat(of(times, pts)).containsExactly(-20, -10, 0, 10, 20, 30, 40, 50, 60);
  }

  @Test
  void next_reset_startsAfresh() {
    DecodeTimes times = new DecodeTimes(0);
    of(times, FIRST, FIRST + 10);
    times.reset();

    assertThat(of(times, 5, 15)).containsExactly(5, 15);
  }

  @Test
  void next_anyOrderWithinTheDepth_neverGoesBackAndIsNeverLate() {
    Random random = new Random(5);
    for (int run = 0; run < 200; run++) {
      DecodeTimes times = new DecodeTimes(random.nextInt(3));
      long last = Long.MIN_VALUE;
      for (int group = 0; group < 5; group++) {
        long[] pts = shuffled(random, group * 20L, 1 + random.nextInt(8));
        times.learn(LongStream.of(pts));
        for (long each : pts) {
          long dts = times.next(each);
          assertThat(dts).isLessThanOrEqualTo(each).isGreaterThanOrEqualTo(last);
          last = dts;
        }
      }
    }
  }

  private static long[] shuffled(Random random, long first, int window) {
    long[] pts = LongStream.range(first, first + 20).toArray();
    for (int start = 1; start < pts.length; start += window) {
      int end = Math.min(pts.length, start + window);
      long[] part = Arrays.copyOfRange(pts, start, end);
      for (int i = part.length - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        long kept = part[i];
        part[i] = part[other];
        part[other] = kept;
      }
      System.arraycopy(part, 0, pts, start, part.length);
    }
    return pts;
  }
}
