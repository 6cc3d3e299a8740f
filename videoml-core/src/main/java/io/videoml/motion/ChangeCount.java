package io.videoml.motion;

import java.util.Arrays;

/**
 * Counts the pixels that changed between two pictures, fed row by row of cells. The difference of
 * two blurred pictures is the blur of their difference, so only that is blurred.
 */
final class ChangeCount {
  private final Blur along;
  private final Blur across;
  private final int black;
  private final int white;
  private final int[][] memory;
  private final int[] differences;
  private final int[][] shifted;
  private final int[][] blurred;
  private final int[][] around;
  private final int[] mixed;
  private final int[] counts;

  /**
   * @param black the sum of a cell of black; sums beyond it and white are no blacker or whiter
   */
  ChangeCount(LumaCells cells, int black, int white) {
    this.along = cells.grain.along;
    this.across = cells.grain.across;
    this.black = black;
    this.white = white;
    this.memory = new int[cells.rows][cells.columns];
    this.differences = new int[cells.columns];
    this.shifted = new int[along.taps()][cells.columns];
    this.blurred = new int[across.taps()][cells.columns];
    this.around = new int[across.taps()][];
    this.mixed = new int[cells.columns];
    this.counts = new int[cells.columns];
  }

  /** Takes the differences to the row of the picture before, and puts the row in its place. */
  void add(int row, int[] levels) {
    if (black > 0) {
      clip(levels, black, white - black);
    }
    subtract(levels, memory[row], differences);
    System.arraycopy(levels, 0, memory[row], 0, levels.length);
    along.along(differences, shifted, blurred[row % blurred.length]);
  }

  /**
   * Counts in a row; as many rows after it as the blur reaches have been added, or there are none.
   *
   * @param limit what the blurred difference must exceed, times the blur's gain
   * @param weights pixels of each cell that count
   */
  void count(int row, int limit, int[] weights) {
    int reach = across.reach();
    for (int i = 0; i < around.length; i++) {
      int inside = Math.max(0, Math.min(memory.length - 1, row + i - reach));
      around[i] = blurred[inside % blurred.length];
    }
    across.mix(around, mixed);
    count(mixed, limit, weights, counts);
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

  /** Makes levels count from black on; {@code x & ~(x >> 31)} is the larger of x and 0. */
  private static void clip(int[] levels, int black, int range) {
    for (int i = 0; i < levels.length; i++) {
      int above = levels[i] - black;
      int below = range - (above & ~(above >> 31));
      levels[i] = range - (below & ~(below >> 31));
    }
  }

  private static void subtract(int[] levels, int[] before, int[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = levels[i] - before[i];
    }
  }

  private static void count(int[] changes, int limit, int[] weights, int[] counts) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += weights[i] & ((limit - Math.abs(changes[i])) >> 31);
    }
  }
}
