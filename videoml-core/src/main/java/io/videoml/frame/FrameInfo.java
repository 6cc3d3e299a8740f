package io.videoml.frame;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * What is known of a frame besides its pixels. Stays valid after the frame has gone.
 *
 * @param index zero-based position in the stream, in presentation order, counting every frame that
 *     the stream held since it was opened, decoded or not
 * @param width pixels, as displayed
 * @param height pixels, as displayed
 * @param format layout of the planes
 * @param colorSpace from the stream, or what its size implies where the stream does not say
 * @param time when it was shown, taken and received
 * @param keyFrame whether it can be decoded without any other
 * @param corrupt whether its data was damaged, or refers to frames that were
 * @param decodeNanos time that the decoder took for it, nanoseconds
 */
public record FrameInfo(
    long index,
    int width,
    int height,
    PixelFormat format,
    ColorSpace colorSpace,
    FrameTime time,
    boolean keyFrame,
    boolean corrupt,
    long decodeNanos)
    implements Serializable {

  public FrameInfo {
    requireNonNull(format, "format");
    requireNonNull(colorSpace, "colorSpace");
    requireNonNull(time, "time");
    if (width <= 0 || height <= 0) {
      throw new IllegalArgumentException(
          "a frame must have a positive size, was " + width + "x" + height);
    }
    if (index < 0 || decodeNanos < 0) {
      throw new IllegalArgumentException(
          "index and decodeNanos must not be negative: " + index + ", " + decodeNanos);
    }
  }

  /** Returns whether both frames have the same size and layout of planes. */
  public boolean sameFormat(FrameInfo other) {
    return width == other.width && height == other.height && format == other.format;
  }

  /** Returns the description of an intact key frame that needed no decoding. */
  public static FrameInfo of(
      long index, int width, int height, PixelFormat format, FrameTime time) {
    ColorSpace assumed = ColorSpace.assumedFor(format, height);
    return new FrameInfo(index, width, height, format, assumed, time, true, false, 0);
  }
}
