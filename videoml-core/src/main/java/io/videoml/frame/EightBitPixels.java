package io.videoml.frame;

import io.videoml.frame.ColorSpace.Matrix;
import io.videoml.frame.ColorSpace.Range;
import java.nio.ByteBuffer;

/**
 * The pixels of a frame in red, green and blue of 8 bits, with the chroma sample that covers each,
 * in the fixed point of swscale's unscaled conversion: three bits below the level, factors of 13
 * bits, products cut off.
 */
final class EightBitPixels {
  private final PixelFormat format;
  private final Plane[] planes;
  private final int lumaOffset;
  private final int lumaScale;
  private final int redFromV;
  private final int greenFromU;
  private final int greenFromV;
  private final int blueFromU;

  private EightBitPixels(Frame frame) {
    this.format = frame.info().format();
    this.planes = new Plane[format.planes()];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = frame.plane(i);
    }
    Range range = frame.info().colorSpace().range();
    YuvToRgb factors = YuvToRgb.of(new ColorSpace(Matrix.BT601, range)); // always, as OpenCV does
    lumaOffset = range == Range.FULL ? 0 : 16;
    lumaScale = fixed(factors.lumaScale);
    redFromV = fixed(factors.redFromV);
    blueFromU = fixed(factors.blueFromU);
    greenFromU = fixed(factors.greenFromU);
    greenFromV = fixed(factors.greenFromV);
  }

  static EightBitPixels of(Frame frame) {
    return new EightBitPixels(frame);
  }

  private static int fixed(float value) {
    return (int) Math.rint(value * (1 << 13));
  }

  /** Writes row {@code y}, in grey levels 0 to 255. */
  void row(int y, int[][] rgb) {
    switch (format) {
      case RGB24 -> packed(y, rgb[0], rgb[1], rgb[2]);
      case BGR24 -> packed(y, rgb[2], rgb[1], rgb[0]);
      case GRAY8 -> gray(y, rgb);
      case I420 -> yuv(y, planes[1], planes[2], 0, 1, rgb);
      case NV12 -> yuv(y, planes[1], planes[1], 1, 2, rgb);
    }
  }

  private void packed(int y, int[] first, int[] second, int[] third) {
    ByteBuffer data = planes[0].data();
    int at = y * planes[0].rowStride();
    for (int x = 0; x < first.length; x++, at += 3) {
      first[x] = data.get(at) & 0xff;
      second[x] = data.get(at + 1) & 0xff;
      third[x] = data.get(at + 2) & 0xff;
    }
  }

  private void gray(int y, int[][] rgb) {
    ByteBuffer data = planes[0].data();
    int at = y * planes[0].rowStride();
    for (int x = 0; x < rgb[0].length; x++) {
      int level = clamp(luma(data.get(at + x) & 0xff));
      rgb[0][x] = level;
      rgb[1][x] = level;
      rgb[2][x] = level;
    }
  }

  /**
   * @param vOffset byte of V within a sample of chroma
   * @param step bytes from one sample of chroma to the next
   */
  private void yuv(int y, Plane us, Plane vs, int vOffset, int step, int[][] rgb) {
    ByteBuffer luma = planes[0].data();
    int at = y * planes[0].rowStride();
    int uRow = y / 2 * us.rowStride();
    int vRow = y / 2 * vs.rowStride() + vOffset;
    for (int x = 0; x < rgb[0].length; x++) {
      int level = luma(luma.get(at + x) & 0xff);
      int u = ((us.data().get(uRow + x / 2 * step) & 0xff) - 128) << 3;
      int v = ((vs.data().get(vRow + x / 2 * step) & 0xff) - 128) << 3;
      rgb[0][x] = clamp(level + ((v * redFromV) >> 16));
      rgb[1][x] = clamp(level + ((u * greenFromU) >> 16) + ((v * greenFromV) >> 16));
      rgb[2][x] = clamp(level + ((u * blueFromU) >> 16));
    }
  }

  private int luma(int code) {
    return (((code - lumaOffset) << 3) * lumaScale) >> 16;
  }

  private static int clamp(int level) {
    return Math.min(255, Math.max(0, level));
  }
}
