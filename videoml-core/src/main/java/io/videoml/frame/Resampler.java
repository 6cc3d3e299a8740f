package io.videoml.frame;

import io.videoml.tensor.Resampling;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Brings one colour component of a plane to another size, row by row, in 32-bit float.
 *
 * <p>The filters are OpenCV's INTER_LINEAR and INTER_AREA: pixel centres at half coordinates, edges
 * repeated.
 */
final class Resampler {
  private final ByteBuffer data;
  private final int rowStride;
  private final int offset;
  private final int step;
  private final Taps columns;
  private final Taps rows;
  private final float[][] cache;
  private final byte[] samples;
  private final int[] cachedRow;

  /**
   * @param offset byte of the component within a pixel
   * @param step bytes from one pixel to the next
   */
  Resampler(
      Plane plane,
      int offset,
      int step,
      int sourceWidth,
      int sourceHeight,
      int width,
      int height,
      Resampling filter) {
    this.data = plane.data();
    this.rowStride = plane.rowStride();
    this.offset = offset;
    this.step = step;
    this.columns = Taps.of(sourceWidth, width, filter);
    this.rows = Taps.of(sourceHeight, height, filter);
    this.cache = new float[rows.count()][width];
    this.samples = new byte[(sourceWidth - 1) * step + 1];
    this.cachedRow = new int[cache.length];
    Arrays.fill(cachedRow, -1);
  }

  private Resampler(Resampler like, Plane plane, int offset) {
    this.data = plane.data();
    this.rowStride = plane.rowStride();
    this.offset = offset;
    this.step = like.step;
    this.columns = like.columns;
    this.rows = like.rows;
    this.cache = new float[like.cache.length][like.cache[0].length];
    this.samples = like.samples; // holds nothing between two calls
    this.cachedRow = new int[cache.length];
    Arrays.fill(cachedRow, -1);
  }

  /** Returns one for another component of the same size and step, for the same thread. */
  Resampler alike(Plane plane, int offset) {
    return new Resampler(this, plane, offset);
  }

  /** Writes row {@code y} of the result, in grey levels. */
  void row(int y, float[] out) {
    Arrays.fill(out, 0);
    for (int tap = 0; tap < rows.count(); tap++) {
      float weight = rows.weight(tap, y);
      if (weight > 0) {
        float[] source = sourceRow(rows.index(tap, y));
        for (int x = 0; x < out.length; x++) {
          out[x] += source[x] * weight;
        }
      }
    }
  }

  private float[] sourceRow(int y) {
    int slot = y % cache.length;
    float[] row = cache[slot];
    if (cachedRow[slot] != y) {
      data.get(y * rowStride + offset, samples);
      columns.apply(samples, step, row);
      cachedRow[slot] = y;
    }
    return row;
  }
}
