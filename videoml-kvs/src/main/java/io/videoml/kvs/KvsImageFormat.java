package io.videoml.kvs;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What images the service is to make.
 *
 * <p>Threading: immutable.
 *
 * @param type of the files
 * @param every the time between two, 200 ms to 20 s
 * @param width in pixels, 1 to 3840; 0 for that of the video, or to keep its shape
 * @param height in pixels, 1 to 2160; 0 likewise
 * @param quality of JPEG, 1 to 100
 */
public record KvsImageFormat(Type type, Duration every, int width, int height, int quality) {
  private static final Duration SHORTEST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final int USUAL_QUALITY = 80;

  /** The type of a file. */
  public enum Type {
    JPEG,
    PNG
  }

  /**
   * @throws IllegalArgumentException if something is out of its range
   */
  public KvsImageFormat {
    requireNonNull(type, "type");
    if (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("every must be within 200 ms..20 s, was " + every);
    }
    if (width < 0 || width > 3840 || height < 0 || height > 2160) {
      throw new IllegalArgumentException(
          "a size must be within 0x0..3840x2160, was " + width + "x" + height);
    }
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("quality must be within 1..100, was " + quality);
    }
  }

  /** Returns JPEG files as large as the video, of the service's usual quality. */
  public static KvsImageFormat jpegEvery(Duration time) {
    return new KvsImageFormat(
        Type.JPEG, time, /* width= */ 0, /* height= */ 0, /* quality= */ USUAL_QUALITY);
  }

  /** Returns these, scaled. */
  public KvsImageFormat scaledTo(int newWidth, int newHeight) {
    return new KvsImageFormat(type, every, newWidth, newHeight, quality);
  }
}
