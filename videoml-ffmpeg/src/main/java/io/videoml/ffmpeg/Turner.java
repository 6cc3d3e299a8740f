package io.videoml.ffmpeg;

import io.videoml.frame.PixelFormat;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Turns and mirrors pictures of 8-bit planes. */
final class Turner {
  // Columns of the source are read in strips of this many rows, so that a strip stays in the cache.
  private static final int STRIP = 32;

  private Turner() {}

  /** Returns an I420 picture as displayed, which the caller frees. */
  static AVFrame turn(AVFrame stored, Layout layout) {
    AVFrame shown = Pictures.allocate(layout.shownWidth(), layout.shownHeight());
    for (int i = 0; i < 3; i++) {
      ByteBuffer from = plane(stored, i, layout.height());
      ByteBuffer to = plane(shown, i, layout.shownHeight());
      int width = PixelFormat.I420.rowBytes(i, layout.shownWidth());
      int height = PixelFormat.I420.rows(i, layout.shownHeight());
      turn(from, stored.linesize(i), to, shown.linesize(i), width, height, layout.orientation());
    }
    return shown;
  }

  private static ByteBuffer plane(AVFrame frame, int index, int height) {
    int bytes = frame.linesize(index) * PixelFormat.I420.rows(index, height);
    return PixelMemory.view(frame, index, bytes);
  }

  /**
   * Turns one plane.
   *
   * @param width of the result
   * @param height of the result
   */
  static void turn(
      ByteBuffer from,
      int fromStride,
      ByteBuffer to,
      int toStride,
      int width,
      int height,
      Orientation orientation) {
    int stepX = orientation.transposed() ? fromStride : 1;
    int stepY = orientation.transposed() ? 1 : fromStride;
    int start = 0;
    if (orientation.flippedX()) {
      start += (width - 1) * stepX;
      stepX = -stepX;
    }
    if (orientation.flippedY()) {
      start += (height - 1) * stepY;
      stepY = -stepY;
    }
    for (int left = 0; left < width; left += STRIP) {
      int right = Math.min(width, left + STRIP);
      for (int y = 0; y < height; y++) {
        int source = start + left * stepX + y * stepY;
        for (int x = left; x < right; x++) {
          to.put(y * toStride + x, from.get(source));
          source += stepX;
        }
      }
    }
  }
}
