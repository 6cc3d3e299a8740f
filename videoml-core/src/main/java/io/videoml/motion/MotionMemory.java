package io.videoml.motion;

import io.videoml.frame.ColorSpace;
import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;

/** The picture measured before, and what comparing pictures like it takes. */
final class MotionMemory {
  private final FrameInfo like;
  private final LumaCells cells;
  private final int[] row;
  private final ChangeCount change;
  private final int reach;
  private final int limit;
  private final CellWeights weights;

  MotionMemory(FrameInfo info, MotionRegion region, int level) {
    Grain grain = Grain.of(info.width(), info.height());
    like = info;
    cells = LumaCells.of(info, grain);
    row = new int[cells.columns];
    int samples = grain.samples();
    change =
        new ChangeCount(
            cells, (cells.limited ? 16 : 0) * samples, (cells.limited ? 235 : 255) * samples);
    reach = grain.across.reach();
    // Differences of blurred and then rounded levels exceed the limit from half a level above it.
    double codes = (level + 0.5) * (cells.limited ? 219.0 / 255 : 1);
    if (info.colorSpace().matrix() == ColorSpace.Matrix.BT709) {
      // The reference's grey, that of BT.601, holds some chroma here; its differences are 1 % less.
      codes *= 1.01;
    }
    limit = (int) (codes * samples * grain.along.gain() * grain.across.gain());
    weights = CellWeights.of(region, cells);
  }

  /** Returns whether a frame can be compared with this. */
  boolean fits(FrameInfo info) {
    return Likeness.same(like, info);
  }

  /** Returns the share of pixels that changed, and remembers the frame. */
  double compare(Frame frame) {
    cells.open(frame.plane(0));
    try {
      for (int i = 0; i < cells.rows + reach; i++) {
        if (i < cells.rows) {
          cells.read(i, row);
          change.add(i, row);
        }
        if (i >= reach) {
          change.count(i - reach, limit, weights.row(i - reach));
        }
      }
    } finally {
      cells.close();
    }
    return change.take() / (double) Math.max(1, weights.total());
  }
}
