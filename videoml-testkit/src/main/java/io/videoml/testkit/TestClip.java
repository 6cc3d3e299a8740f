package io.videoml.testkit;

import static java.util.Objects.requireNonNull;

import io.videoml.frame.CaptureClock;
import io.videoml.frame.ColorSpace;
import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import io.videoml.frame.OwnedFrame;
import io.videoml.frame.PixelFormat;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A generated clip: grey pictures in I420 at a steady rate. {@link TestClips} has some.
 *
 * @param width pixels
 * @param height pixels
 * @param frames number of frames
 * @param framesPerSecond positive
 * @param gop every how many frames one is a key frame, the first included
 * @param painter paints the luma plane; chroma is neutral
 */
public record TestClip(
    int width, int height, int frames, double framesPerSecond, int gop, LumaPainter painter)
    implements Serializable {

  public TestClip {
    requireNonNull(painter, "painter");
    if (width < 1 || height < 1 || frames < 0 || gop < 1 || !(framesPerSecond > 0)) {
      throw new IllegalArgumentException(
          "a clip needs a positive size, rate and distance of key frames, was "
              + (width + "x" + height + ", " + framesPerSecond + " fps, gop " + gop));
    }
  }

  /** Returns this with another number of frames. */
  public TestClip withFrames(int newFrames) {
    return new TestClip(width, height, newFrames, framesPerSecond, gop, painter);
  }

  /** Returns this with another size. */
  public TestClip withSize(int newWidth, int newHeight) {
    return new TestClip(newWidth, newHeight, frames, framesPerSecond, gop, painter);
  }

  /** Returns this with another rate. */
  public TestClip withRate(double newFramesPerSecond) {
    return new TestClip(width, height, frames, newFramesPerSecond, gop, painter);
  }

  /** Returns this with another distance of key frames. */
  public TestClip withGop(int newGop) {
    return new TestClip(width, height, frames, framesPerSecond, newGop, painter);
  }

  /** Returns the media time of a frame, to the nanosecond. */
  public Duration pts(long frame) {
    return Duration.ofNanos(Math.round(frame * 1e9 / framesPerSecond));
  }

  /** Returns whether a frame is a key frame. */
  public boolean keyFrame(long frame) {
    return frame % gop == 0;
  }

  /** Returns what a source that reads this clip must deliver. */
  public ExpectedClip expected() {
    return new ExpectedClip(
        width,
        height,
        IntStream.range(0, frames).mapToObj(this::pts).toList(),
        IntStream.range(0, frames).filter(this::keyFrame).mapToObj(Long::valueOf).toList());
  }

  /** Returns one frame; the caller closes it. */
  public OwnedFrame frame(int index) {
    return Frame.of(info(index), pixels(index, width, height));
  }

  /** Returns all frames in order, made as they are taken; the taker closes each. */
  public Stream<OwnedFrame> stream() {
    return IntStream.range(0, frames).mapToObj(this::frame);
  }

  FrameInfo info(int index) {
    return info(index, width, height, /* corrupt= */ false);
  }

  FrameInfo info(int index, int infoWidth, int infoHeight, boolean corrupt) {
    FrameTime time =
        new FrameTime(pts(index), Instant.now(), CaptureClock.ARRIVAL, System.nanoTime());
    return new FrameInfo(
        index,
        infoWidth,
        infoHeight,
        PixelFormat.I420,
        ColorSpace.BT601_LIMITED,
        time,
        keyFrame(index),
        corrupt,
        /* decodeNanos= */ 0);
  }

  /**
   * Returns the picture of a frame at another size, as planes Y, U and V without padding: what the
   * painter paints there.
   */
  public byte[] pixels(int index, int pictureWidth, int pictureHeight) {
    int chroma = (pictureWidth + 1) / 2 * ((pictureHeight + 1) / 2);
    int luma = pictureWidth * pictureHeight;
    byte[] pixels = new byte[luma + 2 * chroma];
    for (int i = 0; i < luma; i++) {
      pixels[i] = (byte) painter.luma(index, i % pictureWidth, i / pictureWidth);
    }
    Arrays.fill(pixels, luma, pixels.length, (byte) 128);
    return pixels;
  }
}
