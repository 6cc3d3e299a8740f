package io.videoml.motion;

import static java.util.Objects.requireNonNull;

import io.videoml.frame.ColorSpace;
import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Measures the share of pixels that changed from one picture to the next.
 *
 * <p>A pixel has changed when its grey level, blurred with a Gaussian of sigma 3.5 pixels, differs
 * by more than a limit from what it was in the picture measured before. The blur takes away the
 * noise of the sensor; what is as small as that does not count. Colour is not looked at. Levels are
 * those of full range, 0 to 255, whatever the stream's.
 *
 * <p>What is computed comes close to that in a small part of the time: cells of 4 by 4 pixels stand
 * for their pixels.
 *
 * <p>Threading: one caller at a time.
 */
public final class MotionMeter {
  /** The difference of grey levels that is not yet a change, unless told otherwise. */
  public static final int DEFAULT_LEVEL = 25;

  private final MotionRegion region;
  private final int level;
  private @Nullable Memory memory;

  /** Measures on the whole picture, with the limit {@link #DEFAULT_LEVEL}. */
  public MotionMeter() {
    this(MotionRegion.whole());
  }

  /** Measures in a region, with the limit {@link #DEFAULT_LEVEL}. */
  public MotionMeter(MotionRegion region) {
    this(region, DEFAULT_LEVEL);
  }

  /**
   * @param region where pixels count; the share is one of them
   * @param level the difference of whole grey levels that is not yet a change, from 0 to 254
   */
  public MotionMeter(MotionRegion region, int level) {
    this.region = requireNonNull(region, "region");
    if (level < 0 || level > 254) {
      throw new IllegalArgumentException("level must be within 0..254, was " + level);
    }
    this.level = level;
  }

  /**
   * Returns the share of pixels that changed against the picture measured before, 0 to 1, and
   * remembers this one in its place.
   *
   * <p>Empty for the first picture, after {@link #forget}, and when size, format or colour space
   * have changed: there is nothing to compare with. Empty for a corrupt frame too, which is not
   * remembered: the next is compared with the one before it.
   *
   * @param frame lent; only its first plane is read
   */
  public OptionalDouble measure(Frame frame) {
    FrameInfo info = frame.info();
    if (info.corrupt()) {
      return OptionalDouble.empty();
    }
    Memory known = memory;
    if (known != null && known.fits(info)) {
      return OptionalDouble.of(known.compare(frame));
    }
    Memory fresh = new Memory(info, region, level);
    fresh.compare(frame);
    memory = fresh;
    return OptionalDouble.empty();
  }

  /** Forgets the picture measured before: the next is a first one again. */
  public void forget() {
    memory = null;
  }

  /** The picture measured before, and what pictures like it need. */
  private static final class Memory {
    private final FrameInfo like;
    private final LumaCells cells;
    private final int[] levels;
    private final int[] row;
    private final ChangeCount change;
    private final int limit;
    private final CellWeights weights;

    Memory(FrameInfo info, MotionRegion region, int level) {
      like = info;
      cells = LumaCells.of(info);
      levels = new int[cells.rows * cells.columns];
      row = new int[cells.columns];
      change = new ChangeCount(cells);
      limit = limit(info, level);
      weights = CellWeights.of(region, cells);
    }

    boolean fits(FrameInfo info) {
      return info.width() == like.width()
          && info.height() == like.height()
          && info.format() == like.format()
          && info.colorSpace().equals(like.colorSpace());
    }

    double compare(Frame frame) {
      cells.open(frame.plane(0));
      try {
        for (int i = 0; i < cells.rows + 2; i++) {
          if (i < cells.rows) {
            cells.read(i, row, 0);
            change.add(i, row, levels);
          }
          if (i >= 2) {
            change.count(i - 2, limit, weights.weights, weights.offsets[i - 2]);
          }
        }
      } finally {
        cells.close();
      }
      return change.take() / (double) Math.max(1, weights.total);
    }

    /** Whole levels differ by more than the limit from half a level above it on, on average. */
    private static int limit(FrameInfo info, int level) {
      boolean limited =
          info.format().hasLumaPlane() && info.colorSpace().range() == ColorSpace.Range.LIMITED;
      double codes = (level + 0.5) * (limited ? 219.0 / 255 : 1);
      return (int) (codes * LumaCells.SAMPLES * ChangeCount.GAIN);
    }
  }
}
