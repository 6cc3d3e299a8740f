package io.videoml.frame;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;

/**
 * One plane of a frame's pixels, in the frame's own memory.
 *
 * @param data read-only; the row {@code y} starts at byte {@code y * rowStride}; lent with its
 *     frame
 * @param rowStride bytes from one row to the next, padding included
 * @param rowBytes bytes of one row, padding excluded
 * @param rows number of rows
 */
public record Plane(ByteBuffer data, int rowStride, int rowBytes, int rows) {
  public Plane {
    requireNonNull(data, "data");
    if (!data.isReadOnly()) {
      data = data.asReadOnlyBuffer();
    }
    if (rowBytes <= 0 || rows <= 0 || rowStride < rowBytes) {
      throw new IllegalArgumentException(
          "a plane of "
              + rows
              + " rows of "
              + rowBytes
              + " bytes cannot have the stride "
              + rowStride);
    }
    if (data.limit() < (long) rowStride * (rows - 1) + rowBytes) {
      throw new IllegalArgumentException(
          "a plane of "
              + rows
              + " rows with stride "
              + rowStride
              + " does not fit in "
              + data.limit()
              + " bytes");
    }
  }
}
