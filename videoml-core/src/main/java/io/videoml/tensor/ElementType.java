package io.videoml.tensor;

/** Type of one tensor element, with its size in memory. */
public enum ElementType {
  /** IEEE 754 single precision. */
  FLOAT32(4),
  /** IEEE 754 half precision. */
  FLOAT16(2),
  /** IEEE 754 double precision. */
  FLOAT64(8),
  /** Unsigned byte. */
  UINT8(1),
  /** Signed byte. */
  INT8(1),
  /** Signed 32-bit integer. */
  INT32(4),
  /** Signed 64-bit integer. */
  INT64(8),
  /** One byte, zero for false. */
  BOOL(1);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Returns the size of one element in bytes. */
  public int bytes() {
    return bytes;
  }
}
