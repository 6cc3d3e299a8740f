package io.videoml.motion;

import java.util.Arrays;

/**
 * Counts the pixels that changed between two pictures, fed row by row of cells.
 *
 * <p>The difference of two blurred pictures is the blur of their difference, so only that is
 * blurred, on the cells: 5 taps each way, which together with the cell's own extent have the spread
 * of a Gaussian of sigma 3.5 pixels, OpenCV's for 21 by 21. Loops are over plain int arrays, for
 * the JIT compiler's vector code.
 */
final class ChangeCount {
  /** The sum of the taps 1, 7, 16, 7, 1, both ways. */
  static final int GAIN = 32 * 32;

  private static final int REACH = 2;
  private static final int TAPS = 2 * REACH + 1;

  private final int columns;
  private final int rows;
  private final int[] differences;
  private final int[][] blurred;
  private final int[] counts;

  ChangeCount(LumaCells cells) {
    this.columns = cells.columns;
    this.rows = cells.rows;
    this.differences = new int[columns + 2 * REACH];
    this.blurred = new int[TAPS][columns];
    this.counts = new int[columns];
  }

  /**
   * Takes the differences to the row in memory, and puts the row in its place.
   *
   * @param row from 0 on, in order
   */
  void add(int row, int[] levels, int[] memory) {
    subtract(levels, memory, row * columns, differences, columns);
    for (int i = 0; i < REACH; i++) {
      differences[i] = differences[REACH];
      differences[columns + REACH + i] = differences[columns + REACH - 1];
    }
    blurAlong(differences, blurred[row % TAPS], columns);
  }

  /**
   * Counts in a row; the {@link #REACH} rows after it have been added, or there are none.
   *
   * @param limit what the blurred difference must exceed, times {@link #GAIN}
   * @param weights pixels of each cell that count, this row's from {@code offset} on
   */
  void count(int row, int limit, int[] weights, int offset) {
    countAcross(
        blurred(row - 2),
        blurred(row - 1),
        blurred(row),
        blurred(row + 1),
        blurred(row + 2),
        limit,
        weights,
        offset,
        counts);
  }

  /** Returns how many pixels changed since the last call. */
  long take() {
    long changed = 0;
    for (int count : counts) {
      changed += count;
    }
    Arrays.fill(counts, 0);
    return changed;
  }

  private int[] blurred(int row) {
    return blurred[Math.max(0, Math.min(rows - 1, row)) % TAPS];
  }

  private static void subtract(int[] levels, int[] memory, int at, int[] into, int columns) {
    for (int i = 0; i < columns; i++) {
      int level = levels[i];
      into[REACH + i] = level - memory[at + i];
      memory[at + i] = level;
    }
  }

  private static void blurAlong(int[] in, int[] out, int columns) {
    for (int i = 0; i < columns; i++) {
      out[i] = in[i] + in[i + 4] + 7 * (in[i + 1] + in[i + 3]) + 16 * in[i + 2];
    }
  }

  private static void countAcross(
      int[] a,
      int[] b,
      int[] c,
      int[] d,
      int[] e,
      int limit,
      int[] weights,
      int offset,
      int[] counts) {
    for (int i = 0; i < counts.length; i++) {
      int change = a[i] + e[i] + 7 * (b[i] + d[i]) + 16 * c[i];
      counts[i] += weights[offset + i] & (limit - Math.abs(change)) >> 31;
    }
  }
}
