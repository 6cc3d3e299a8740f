package io.videoml.motion;

import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Measures how far a picture is another one than the picture before, on a thumbnail of 48 by 27
 * grey levels.
 *
 * <p>The change is <i>d</i> · (1 − <i>s</i>). <i>d</i> is the mean of the levels, of 255, by which
 * each part lies outside of what the 3 by 3 parts around its place were in the other picture, so
 * that what moves a little, or a camera that pans, adds little. <i>s</i> is SSIM over the whole
 * thumbnail: near 1 where the pattern is the same and brightness much the same, near 0 for
 * unrelated pictures. Cuts are 8 and more, mostly above 15; fast pans are 5 and less (2026-11).
 *
 * <p>Threading: one caller at a time.
 */
public final class SceneMeter {
  // SSIM's constants for levels up to 255, which keep dark and flat pictures from being unlike.
  private static final double DARK = (0.01 * 255) * (0.01 * 255);
  private static final double FLAT = (0.03 * 255) * (0.03 * 255);

  private @Nullable FrameInfo like;
  private @Nullable Thumbnail thumbnail;
  private float[] before = {};
  private float[] now = {};
  private boolean remembers;
  private double brightness;

  /** Measures from the first picture on. */
  public SceneMeter() {}

  /**
   * Returns the change against the picture measured before, 0 to 510, and remembers this one in its
   * place.
   *
   * <p>Empty for the first picture, after {@link #forget}, and when size, format or colour space
   * have changed. Empty for a corrupt frame too, which is not remembered.
   *
   * @param frame lent; only its first plane is read
   */
  public OptionalDouble measure(Frame frame) {
    FrameInfo info = frame.info();
    if (info.corrupt()) {
      return OptionalDouble.empty();
    }
    FrameInfo known = like;
    Thumbnail reducer = thumbnail;
    if (known == null || reducer == null || !Likeness.same(known, info)) {
      reducer = new Thumbnail(info);
      thumbnail = reducer;
      like = info;
      before = new float[reducer.size()];
      now = new float[reducer.size()];
      remembers = false;
    }
    float[] last = now;
    now = before;
    before = last;
    boolean first = !remembers;
    remembers = true;
    reducer.write(frame, now);
    brightness = rootMeanSquare(now);
    if (first) {
      return OptionalDouble.empty();
    }
    double outside = (outside(now, last, reducer) + outside(last, now, reducer)) / 2;
    return OptionalDouble.of(outside * (1 - alike(last, now)));
  }

  /**
   * Returns how far from black the picture measured last is: the root mean square of its levels, 0
   * to 255; 0 before the first.
   */
  public double brightness() {
    return brightness;
  }

  /** Forgets the picture measured before: the next is a first one again. */
  public void forget() {
    remembers = false;
    brightness = 0;
  }

  /** Returns the mean of how far each level is outside of those around its place in the other. */
  private static double outside(float[] levels, float[] other, Thumbnail size) {
    double sum = 0;
    for (int y = 0; y < size.rows; y++) {
      int top = Math.max(0, y - 1);
      int bottom = Math.min(size.rows - 1, y + 1);
      for (int x = 0; x < size.columns; x++) {
        int left = Math.max(0, x - 1);
        int right = Math.min(size.columns - 1, x + 1);
        sum += outside(levels[y * size.columns + x], other, size, top, bottom, left, right);
      }
    }
    return sum / levels.length;
  }

  private static float outside(
      float level, float[] other, Thumbnail size, int top, int bottom, int left, int right) {
    float least = 255;
    float most = 0;
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        float there = other[y * size.columns + x];
        least = there < least ? there : least;
        most = there > most ? there : most;
      }
    }
    return Math.max(0, Math.max(level - most, least - level));
  }

  private static double alike(float[] a, float[] b) {
    double meanA = mean(a);
    double meanB = mean(b);
    double together = 0;
    double spreadA = 0;
    double spreadB = 0;
    for (int i = 0; i < a.length; i++) {
      together += (a[i] - meanA) * (b[i] - meanB);
      spreadA += (a[i] - meanA) * (a[i] - meanA);
      spreadB += (b[i] - meanB) * (b[i] - meanB);
    }
    double flat = FLAT * a.length;
    double brightness = (2 * meanA * meanB + DARK) / (meanA * meanA + meanB * meanB + DARK);
    return brightness * (2 * together + flat) / (spreadA + spreadB + flat);
  }

  private static double mean(float[] levels) {
    double sum = 0;
    for (float level : levels) {
      sum += level;
    }
    return sum / levels.length;
  }

  private static double rootMeanSquare(float[] levels) {
    double sum = 0;
    for (float level : levels) {
      sum += level * level;
    }
    return Math.sqrt(sum / levels.length);
  }
}
