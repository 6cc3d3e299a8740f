package io.videoml.frame;

import io.videoml.tensor.Placement;

/** Converts the colours at the picture's own size to 8 bits, and resamples those in fixed point. */
final class EightBitRows implements ColorRows {
  private static final int NONE = -1;

  private final EightBitPixels pixels;
  private final FixedTaps columns;
  private final FixedTaps rows;
  private final int[][] levels;
  // Two source rows at the width of the result: of each, three colours.
  private final int[][][] mixed;
  private final int[] mixedRow = {NONE, NONE};

  EightBitRows(Frame frame, Placement place) {
    FrameInfo info = frame.info();
    pixels = EightBitPixels.of(frame);
    columns = new FixedTaps(info.width(), place.width());
    rows = new FixedTaps(info.height(), place.height());
    levels = new int[3][info.width()];
    mixed = new int[2][3][place.width()];
  }

  @Override
  public void row(int y, float[][] rgb) {
    int[][] upper = sourceRow(rows.first(y));
    int[][] lower = sourceRow(rows.second(y));
    int weight = rows.weight(y);
    for (int color = 0; color < 3; color++) {
      int[] above = upper[color];
      int[] below = lower[color];
      float[] out = rgb[color];
      for (int x = 0; x < above.length; x++) {
        // Products are cut off rather than rounded, as in OpenCV's vector code.
        int level =
            (((FixedTaps.ONE - weight) * (above[x] >> 4)) >> 16)
                + ((weight * (below[x] >> 4)) >> 16);
        out[x] = (level + 2) >> 2;
      }
    }
  }

  private int[][] sourceRow(int y) {
    int slot = y & 1;
    int[][] row = mixed[slot];
    if (mixedRow[slot] != y) {
      pixels.row(y, levels);
      for (int color = 0; color < 3; color++) {
        columns.apply(levels[color], row[color]);
      }
      mixedRow[slot] = y;
    }
    return row;
  }
}
