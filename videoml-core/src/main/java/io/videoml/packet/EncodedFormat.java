package io.videoml.packet;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * How a video stream is encoded.
 *
 * <p>Threading: immutable.
 */
public final class EncodedFormat {

  /** What separates the NAL units of a packet. */
  public enum Packaging {
    /** Start codes, {@code 00 00 01} or {@code 00 00 00 01}, as in RTSP and MPEG-TS. */
    ANNEX_B,
    /** A length before each, of as many bytes as the private data says, as in MP4 and Matroska. */
    LENGTH_PREFIXED,
    /** The codec knows no NAL units. */
    NONE
  }

  private final String codec;
  private final Packaging packaging;
  private final int width;
  private final int height;
  private final byte[] privateData;
  private final OptionalDouble frameRate;

  /**
   * @param codec FFmpeg's name, as {@code "h264"} or {@code "hevc"}
   * @param width in pixels; 0 where only the decoder will know
   * @param height likewise
   * @param privateData what a decoder needs to know before the first packet: an {@code avcC} or
   *     {@code hvcC} record, or parameter sets with start codes; may be empty where the packets
   *     hold it. Copied
   * @param frameRate nominal frames a second
   */
  public EncodedFormat(
      String codec,
      Packaging packaging,
      int width,
      int height,
      byte[] privateData,
      OptionalDouble frameRate) {
    this.codec = requireNonNull(codec, "codec");
    this.packaging = requireNonNull(packaging, "packaging");
    this.width = width;
    this.height = height;
    this.privateData = privateData.clone();
    this.frameRate = requireNonNull(frameRate, "frameRate");
    if (width < 0 || height < 0) {
      throw new IllegalArgumentException(
          "a size must not be negative, was " + width + "x" + height);
    }
  }

  /** Returns FFmpeg's name, as {@code "h264"} or {@code "hevc"}. */
  public String codec() {
    return codec;
  }

  /** Returns what separates NAL units. */
  public Packaging packaging() {
    return packaging;
  }

  /** Returns the width in pixels; 0 where only the decoder will know. */
  public int width() {
    return width;
  }

  /** Returns the height in pixels; 0 where only the decoder will know. */
  public int height() {
    return height;
  }

  /**
   * Returns a read-only view of what a decoder needs to know first; empty where the packets tell.
   */
  public ByteBuffer privateData() {
    return ByteBuffer.wrap(privateData).asReadOnlyBuffer();
  }

  /** Returns the nominal rate in frames a second. */
  public OptionalDouble frameRate() {
    return frameRate;
  }

  /** Compares all but the nominal rate, which decodes nothing. */
  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof EncodedFormat that && same(that));
  }

  private boolean same(EncodedFormat that) {
    return codec.equals(that.codec)
        && packaging == that.packaging
        && width == that.width
        && height == that.height
        && Arrays.equals(privateData, that.privateData);
  }

  @Override
  public int hashCode() {
    return 31 * codec.hashCode() + Arrays.hashCode(privateData);
  }

  @Override
  public String toString() {
    return "%s %dx%d, %s, %d bytes of private data"
        .formatted(codec, width, height, packaging, privateData.length);
  }
}
