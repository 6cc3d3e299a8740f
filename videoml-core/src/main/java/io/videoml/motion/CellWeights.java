package io.videoml.motion;

import java.util.Arrays;

/** How many pixels of each cell count; a row that is as the one before it shares its memory. */
final class CellWeights {
  private final int[][] rows;
  private final long total;

  private CellWeights(int[][] rows, long total) {
    this.rows = rows;
    this.total = total;
  }

  static CellWeights of(MotionRegion region, LumaCells cells) {
    int[][] rows = new int[cells.rows][];
    boolean[] line = new boolean[cells.width];
    long total = 0;
    for (int row = 0; row < cells.rows; row++) {
      int[] weights = new int[cells.columns];
      int below = Math.min(cells.height, (row + 1) * cells.grain.height);
      for (int y = row * cells.grain.height; y < below; y++) {
        region.paint(line, y, cells.height);
        for (int column = 0, x = 0; column < weights.length; column++) {
          for (int right = Math.min(x + cells.grain.width, line.length); x < right; x++) {
            weights[column] += line[x] ? 1 : 0;
          }
        }
      }
      for (int weight : weights) {
        total += weight;
      }
      boolean same = row > 0 && Arrays.equals(rows[row - 1], weights);
      rows[row] = same ? rows[row - 1] : weights;
    }
    return new CellWeights(rows, total);
  }

  int[] row(int row) {
    return rows[row];
  }

  /** Returns how many pixels count in all. */
  long total() {
    return total;
  }
}
