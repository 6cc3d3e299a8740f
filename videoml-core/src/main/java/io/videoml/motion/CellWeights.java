package io.videoml.motion;

import java.util.Arrays;

/** How many pixels of each cell count; rows that are as the one before them share its memory. */
final class CellWeights {
  /** The distinct rows, one after the other. */
  final int[] weights;

  /** Where each row begins in {@link #weights}. */
  final int[] offsets;

  /** All pixels that count. */
  final long total;

  private CellWeights(int[] weights, int[] offsets, long total) {
    this.weights = weights;
    this.offsets = offsets;
    this.total = total;
  }

  static CellWeights of(MotionRegion region, LumaCells cells) {
    int columns = cells.columns;
    int[] weights = new int[cells.rows * columns];
    int[] offsets = new int[cells.rows];
    boolean[] line = new boolean[cells.width];
    int end = 0;
    long total = 0;
    for (int row = 0; row < cells.rows; row++) {
      Arrays.fill(weights, end, end + columns, 0);
      int below = Math.min(cells.height, (row + 1) * LumaCells.SIDE);
      for (int y = cells.firstLine(row); y < below; y++) {
        region.paint(line, y, cells.height);
        for (int x = 0; x < line.length; x++) {
          int counts = line[x] ? 1 : 0;
          weights[end + x / LumaCells.SIDE] += counts;
          total += counts;
        }
      }
      int before = end - columns;
      boolean same =
          before >= 0 && Arrays.equals(weights, before, end, weights, end, end + columns);
      offsets[row] = same ? before : end;
      end = same ? end : end + columns;
    }
    return new CellWeights(Arrays.copyOf(weights, end), offsets, total);
  }
}
