package io.videoml.frame;

/** Layout of a frame's pixels in memory; 8 bits a sample. */
public enum PixelFormat {
  /** Planes Y, U, V; U and V at half width and half height, rounded up. */
  I420(3),
  /** Plane Y, then one plane of interleaved U and V at half width and half height, rounded up. */
  NV12(2),
  /** One plane, bytes blue, green, red. */
  BGR24(1),
  /** One plane, bytes red, green, blue. */
  RGB24(1),
  /** One plane of luma. */
  GRAY8(1);

  private final int planes;

  PixelFormat(int planes) {
    this.planes = planes;
  }

  /** Returns the number of planes. */
  public int planes() {
    return planes;
  }

  /** Returns whether plane 0 is luma, so that a sampler can read it in place. */
  public boolean hasLumaPlane() {
    return this == I420 || this == NV12 || this == GRAY8;
  }

  /** Returns the bytes in one row of a plane, padding excluded. */
  public int rowBytes(int plane, int width) {
    return switch (this) {
      case I420 -> plane == 0 ? width : (width + 1) / 2;
      case NV12 -> plane == 0 ? width : (width + 1) / 2 * 2;
      case BGR24, RGB24 -> Math.multiplyExact(width, 3);
      case GRAY8 -> width;
    };
  }

  /** Returns the number of rows of a plane. */
  public int rows(int plane, int height) {
    return plane == 0 ? height : (height + 1) / 2;
  }
}
