package io.videoml.motion;

import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import java.util.Arrays;

/** Reduces pictures of one kind to a few grey levels of full range. */
final class Thumbnail {
  static final int MAX_COLUMNS = 48;
  static final int MAX_ROWS = 27;

  final int columns;
  final int rows;
  private final LumaCells cells;
  private final int[] row;
  private final int[] columnOf;
  private final long[] sums;
  private final int[] counts;
  private final float scale;
  private final float black;

  Thumbnail(FrameInfo info) {
    cells = LumaCells.of(info, Grain.of(info.width(), info.height()));
    columns = Math.min(MAX_COLUMNS, cells.columns);
    rows = Math.min(MAX_ROWS, cells.rows);
    row = new int[cells.columns];
    sums = new long[columns * rows];
    counts = new int[columns * rows];
    scale = (cells.limited ? 255f / 219 : 1) / cells.grain.samples();
    black = cells.limited ? 16 * 255f / 219 : 0;
    columnOf = new int[cells.columns];
    for (int x = 0; x < cells.columns; x++) {
      columnOf[x] = x * columns / cells.columns;
    }
    for (int y = 0; y < cells.rows; y++) {
      for (int x : columnOf) {
        counts[start(y) + x]++;
      }
    }
  }

  /** Returns how many levels there are. */
  int size() {
    return sums.length;
  }

  /** Writes the picture, row by row, levels 0 to 255. */
  void write(Frame frame, float[] levels) {
    Arrays.fill(sums, 0);
    cells.open(frame.plane(0));
    try {
      for (int y = 0; y < cells.rows; y++) {
        cells.read(y, row);
        int start = start(y);
        for (int x = 0; x < row.length; x++) {
          sums[start + columnOf[x]] += row[x];
        }
      }
    } finally {
      cells.close();
    }
    for (int i = 0; i < levels.length; i++) {
      float level = sums[i] * scale / counts[i] - black;
      levels[i] = Math.min(255, Math.max(0, level));
    }
  }

  private int start(int y) {
    return y * rows / cells.rows * columns;
  }
}
