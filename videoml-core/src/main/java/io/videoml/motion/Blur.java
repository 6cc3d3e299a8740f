package io.videoml.motion;

import java.util.Arrays;

/**
 * Blurs cells one way, as OpenCV's Gaussian of 21 pixels blurs their pixels: taps that have,
 * together with the cell's own extent, its variance of 12 square pixels.
 *
 * <p>Loops are over whole int arrays, six at most, without offsets: those the JIT compilers of Java
 * 17 turn into vector code, and a copy that is shifted costs less than a loop that is not vector
 * code (measured 2026-11).
 */
final class Blur {
  /** For cells of 2 pixels this way. */
  static final Blur SIDE_2 = new Blur(60, 50, 30, 13, 4, 1);

  /** For cells of 4 pixels this way. */
  static final Blur SIDE_4 = new Blur(16, 7, 1);

  /** For cells of 8 pixels this way, of which those at 1 and 6 are read. */
  static final Blur SIDE_8 = new Blur(20, 1);

  /** From the middle outwards, on both sides; two or more. */
  private final int[] taps;

  private Blur(int... taps) {
    this.taps = taps;
  }

  /** Returns how many cells on each side have a part in the result. */
  int reach() {
    return taps.length - 1;
  }

  int taps() {
    return 2 * reach() + 1;
  }

  /** Returns by how much the blurred is larger. */
  int gain() {
    int sum = -taps[0];
    for (int tap : taps) {
      sum += 2 * tap;
    }
    return sum;
  }

  /**
   * Blurs along a row, which goes on beyond its ends as it ended.
   *
   * @param shifted room for the row, shifted by each cell of the reach either way
   */
  void along(int[] in, int[][] shifted, int[] out) {
    int reach = reach();
    int last = in.length - 1;
    for (int by = 1; by <= reach; by++) {
      int[] left = shifted[reach - by];
      int[] right = shifted[reach + by];
      int kept = Math.max(0, in.length - by);
      Arrays.fill(left, 0, in.length - kept, in[0]);
      System.arraycopy(in, 0, left, in.length - kept, kept);
      System.arraycopy(in, in.length - kept, right, 0, kept);
      Arrays.fill(right, kept, in.length, in[last]);
    }
    shifted[reach] = in;
    mix(shifted, out);
  }

  /**
   * Mixes rows by the taps.
   *
   * @param rows as many as there are taps on both sides, the middle one in the middle
   */
  void mix(int[][] rows, int[] out) {
    int m = reach();
    if (m == 1) {
      three(rows[0], rows[1], rows[2], taps[0], taps[1], out);
      return;
    }
    five(
        rows[m - 2],
        rows[m - 1],
        rows[m],
        rows[m + 1],
        rows[m + 2],
        taps[0],
        taps[1],
        taps[2],
        out);
    int i = 3;
    for (; i + 1 < taps.length; i += 2) {
      addTwo(rows[m - i - 1], rows[m - i], rows[m + i], rows[m + i + 1], taps[i], taps[i + 1], out);
    }
    if (i < taps.length) {
      addOne(rows[m - i], rows[m + i], taps[i], out);
    }
  }

  private static void three(int[] a, int[] b, int[] c, int middle, int near, int[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = near * (a[i] + c[i]) + middle * b[i];
    }
  }

  private static void five(
      int[] a, int[] b, int[] c, int[] d, int[] e, int middle, int near, int far, int[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = far * (a[i] + e[i]) + near * (b[i] + d[i]) + middle * c[i];
    }
  }

  private static void addTwo(int[] a, int[] b, int[] c, int[] d, int near, int far, int[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] += far * (a[i] + d[i]) + near * (b[i] + c[i]);
    }
  }

  private static void addOne(int[] a, int[] b, int tap, int[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] += tap * (a[i] + b[i]);
    }
  }
}
