package io.videoml.sampling;

import io.videoml.frame.CaptureClock;
import io.videoml.frame.ColorSpace;
import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import io.videoml.frame.PixelFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** Frames of one grey level. */
final class Flicker {
  static final int WIDTH = 32;
  static final int HEIGHT = 24;

  private Flicker() {}

  static Frame frame(long ptsNanos, int level) {
    return frame(ptsNanos, level, WIDTH, false);
  }

  static Frame frame(long ptsNanos, int level, int width, boolean corrupt) {
    byte[] pixels = new byte[width * HEIGHT];
    Arrays.fill(pixels, (byte) level);
    FrameTime time =
        new FrameTime(Duration.ofNanos(ptsNanos), Instant.EPOCH, CaptureClock.ARRIVAL, 0);
    ColorSpace full = new ColorSpace(ColorSpace.Matrix.BT601, ColorSpace.Range.FULL);
    return Frame.of(
        new FrameInfo(0, width, HEIGHT, PixelFormat.GRAY8, full, time, true, corrupt, 0), pixels);
  }
}
