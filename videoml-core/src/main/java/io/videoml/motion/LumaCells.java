package io.videoml.motion;

import io.videoml.frame.FrameInfo;
import io.videoml.frame.Plane;

/**
 * A picture's luma in cells of 4 by 4 pixels, each the sum of its first and its last row: half the
 * memory to read, and a motion blur that follows cannot tell the difference. Beyond its right and
 * lower edge a picture goes on as it ended.
 */
abstract class LumaCells {
  /** Pixels along the side of a cell. */
  static final int SIDE = 4;

  /** Pixels that make up a cell's sum. */
  static final int SAMPLES = 2 * SIDE;

  final int width;
  final int height;
  final int columns;
  final int rows;

  LumaCells(int width, int height) {
    this.width = width;
    this.height = height;
    this.columns = (width + SIDE - 1) / SIDE;
    this.rows = (height + SIDE - 1) / SIDE;
  }

  /** Returns cells for pictures of this size and format. */
  static LumaCells of(FrameInfo info) {
    return info.format().hasLumaPlane()
        ? new PlaneCells(info.width(), info.height())
        : new PackedCells(info.width(), info.height(), info.format());
  }

  /**
   * Begins a picture.
   *
   * @param plane the frame's first; used until {@link #close}
   */
  abstract void open(Plane plane);

  /** Writes the sums of one row of cells. */
  abstract void read(int row, int[] into, int offset);

  /** Forgets the picture. */
  abstract void close();

  final int firstLine(int row) {
    return row * SIDE;
  }

  final int lastLine(int row) {
    return Math.min(row * SIDE + SIDE - 1, height - 1);
  }
}
