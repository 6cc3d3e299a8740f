package io.videoml.motion;

import io.videoml.frame.ColorSpace.Range;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.Plane;

/**
 * A picture's luma in cells, each the sum of two of its lines. Beyond its right and lower edge a
 * picture goes on as it ended.
 */
abstract class LumaCells {
  final Grain grain;
  final int width;
  final int height;
  final int columns;
  final int rows;

  /** Whether the levels are those of limited range, 16 to 235. */
  final boolean limited;

  LumaCells(FrameInfo info, Grain grain) {
    this.grain = grain;
    this.width = info.width();
    this.height = info.height();
    this.columns = (width + grain.width - 1) / grain.width;
    this.rows = (height + grain.height - 1) / grain.height;
    this.limited = info.format().hasLumaPlane() && info.colorSpace().range() == Range.LIMITED;
  }

  /** Returns cells for pictures of this size and format. */
  static LumaCells of(FrameInfo info, Grain grain) {
    return info.format().hasLumaPlane()
        ? new PlaneCells(info, grain)
        : new PackedCells(info, grain);
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

  /** Returns which line of the picture a row of cells reads first. */
  final int first(int row) {
    return Math.min(row * grain.height + grain.first, height - 1);
  }

  /** Returns which other line of the picture a row of cells reads. */
  final int second(int row) {
    return Math.min(row * grain.height + grain.second, height - 1);
  }
}
