package io.videoml.motion;

import io.videoml.frame.ColorSpace;
import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;

/** The picture measured before, and what comparing pictures like it takes. */
final class MotionMemory {
  /** How large a picture may be, in pixels, for every pixel of it to be read. */
  static final int FINE_PIXELS = 1 << 19;

  private final FrameInfo like;
  private final LumaCells cells;
  private final int[] row;
  private final ChangeCount change;
  private final int reach;
  private final int limit;
  private final CellWeights weights;

  MotionMemory(FrameInfo info, MotionRegion region, int level) {
    boolean fine = (long) info.width() * info.height() <= FINE_PIXELS;
    Blur blur = fine ? Blur.FINE : Blur.COARSE;
    boolean limited =
        info.format().hasLumaPlane() && info.colorSpace().range() == ColorSpace.Range.LIMITED;
    like = info;
    cells = LumaCells.of(info, fine ? LumaCells.FINE : LumaCells.COARSE);
    row = new int[cells.columns];
    int samples = cells.samples();
    change =
        new ChangeCount(cells, blur, (limited ? 16 : 0) * samples, (limited ? 235 : 255) * samples);
    reach = blur.reach();
    // Differences of blurred and then rounded levels exceed the limit from half a level above it.
    double codes = (level + 0.5) * (limited ? 219.0 / 255 : 1);
    limit = (int) (codes * samples * blur.gain());
    weights = CellWeights.of(region, cells);
  }

  /** Returns whether a frame can be compared with this. */
  boolean fits(FrameInfo info) {
    return info.width() == like.width()
        && info.height() == like.height()
        && info.format() == like.format()
        && info.colorSpace().equals(like.colorSpace());
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
