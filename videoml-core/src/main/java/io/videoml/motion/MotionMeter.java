package io.videoml.motion;

import static java.util.Objects.requireNonNull;

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
 * <p>What is computed comes close to that in a small part of the time: cells stand for their
 * pixels, 2 by 2 of them in pictures up to half a megapixel, 4 by 4 up to one, 4 by 8 beyond.
 *
 * <p>Threading: one caller at a time.
 */
public final class MotionMeter {
  /** The difference of grey levels that is not yet a change, unless told otherwise. */
  public static final int DEFAULT_LEVEL = 25;

  private final MotionRegion region;
  private final int level;
  private @Nullable MotionMemory memory;

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
    MotionMemory known = memory;
    if (known != null && known.fits(info)) {
      return OptionalDouble.of(known.compare(frame));
    }
    MotionMemory fresh = new MotionMemory(info, region, level);
    fresh.compare(frame);
    memory = fresh;
    return OptionalDouble.empty();
  }

  /** Forgets the picture measured before: the next is a first one again. */
  public void forget() {
    memory = null;
  }
}
