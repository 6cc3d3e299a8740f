package io.videoml.motion;

import io.videoml.frame.CaptureClock;
import io.videoml.frame.ColorSpace;
import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import io.videoml.frame.PixelFormat;
import io.videoml.frame.Plane;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** Frames of grey levels that a formula gives. */
final class Pictures {
  interface Levels {
    int at(int x, int y);
  }

  static final ColorSpace FULL = new ColorSpace(ColorSpace.Matrix.BT601, ColorSpace.Range.FULL);

  private Pictures() {}

  static Frame gray(int width, int height, Levels levels) {
    return of(info(width, height, PixelFormat.GRAY8, FULL, false), levels, width, false);
  }

  static FrameInfo info(
      int width, int height, PixelFormat format, ColorSpace space, boolean corrupt) {
    FrameTime time = new FrameTime(Duration.ZERO, Instant.EPOCH, CaptureClock.ARRIVAL, 0);
    return new FrameInfo(0, width, height, format, space, time, true, corrupt, 0);
  }

  /**
   * Returns a frame whose first plane has rows of {@code stride} bytes; what lies between them is
   * different every time.
   */
  static Frame of(FrameInfo info, Levels levels, int stride, boolean direct) {
    PixelFormat format = info.format();
    Plane[] planes = new Plane[format.planes()];
    for (int p = 0; p < planes.length; p++) {
      int rowBytes = format.rowBytes(p, info.width());
      int rows = format.rows(p, info.height());
      int step = p == 0 ? Math.max(stride, rowBytes) : rowBytes;
      int size = step * (rows - 1) + rowBytes;
      byte[] bytes = new byte[size];
      Arrays.fill(bytes, (byte) System.nanoTime());
      int channels = rowBytes / info.width();
      for (int y = 0; p == 0 && y < rows; y++) {
        for (int x = 0; x < info.width(); x++) {
          Arrays.fill(
              bytes,
              y * step + x * channels,
              y * step + (x + 1) * channels,
              (byte) levels.at(x, y));
        }
      }
      ByteBuffer data =
          direct ? ByteBuffer.allocateDirect(size).put(bytes).flip() : ByteBuffer.wrap(bytes);
      planes[p] = new Plane(data, step, rowBytes, rows);
    }
    return Frame.of(info, planes);
  }
}
