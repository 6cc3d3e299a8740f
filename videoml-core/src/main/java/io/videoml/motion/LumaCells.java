package io.videoml.motion;

import io.videoml.frame.FrameInfo;
import io.videoml.frame.Plane;

/**
 * A picture's luma in square cells, each the sum of two of its lines. Beyond its right and lower
 * edge a picture goes on as it ended.
 */
abstract class LumaCells {
  /** Of cells of 4 by 4 pixels, of which every second line is read: half the memory. */
  static final int COARSE = 4;

  /** Of cells of 2 by 2 pixels. */
  static final int FINE = 2;

  /** Pixels along the side of a cell; even. */
  final int side;

  final int width;
  final int height;
  final int columns;
  final int rows;

  LumaCells(int width, int height, int side) {
    this.side = side;
    this.width = width;
    this.height = height;
    this.columns = (width + side - 1) / side;
    this.rows = (height + side - 1) / side;
  }

  /** Returns cells for pictures of this size and format. */
  static LumaCells of(FrameInfo info, int side) {
    return info.format().hasLumaPlane()
        ? new PlaneCells(info.width(), info.height(), side)
        : new PackedCells(info.width(), info.height(), side, info.format());
  }

  /**
   * Begins a picture.
   *
   * @param plane the frame's first; used until {@link #close}
   */
  abstract void open(Plane plane);

  /** Writes the sums of one row of cells. */
  abstract void read(int row, int[] into);

  /** Forgets the picture. */
  abstract void close();

  /** Returns how many pixels make up a cell's sum. */
  final int samples() {
    return 2 * side;
  }

  final int firstLine(int row) {
    return row * side;
  }

  final int secondLine(int row) {
    return Math.min(row * side + side / 2, height - 1);
  }
}
