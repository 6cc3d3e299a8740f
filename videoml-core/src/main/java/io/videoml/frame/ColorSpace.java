package io.videoml.frame;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * How luma and chroma become red, green and blue.
 *
 * @param matrix the coefficients
 * @param range which codes stand for black and white
 */
public record ColorSpace(Matrix matrix, Range range) implements Serializable {
  /** The coefficients of the conversion, by their ITU-R recommendation. */
  public enum Matrix {
    BT601(0.299, 0.114),
    BT709(0.2126, 0.0722),
    BT2020(0.2627, 0.0593);

    private final double red;
    private final double blue;

    Matrix(double red, double blue) {
      this.red = red;
      this.blue = blue;
    }

    /** Returns the weight of red in luma (Kr). */
    public double red() {
      return red;
    }

    /** Returns the weight of blue in luma (Kb). */
    public double blue() {
      return blue;
    }
  }

  /** Which 8-bit codes stand for black and white. */
  public enum Range {
    /** Luma 16 to 235, chroma 16 to 240. */
    LIMITED,
    /** 0 to 255. */
    FULL
  }

  /** What an untagged standard-definition stream is taken for. */
  public static final ColorSpace BT601_LIMITED = new ColorSpace(Matrix.BT601, Range.LIMITED);

  /** What an untagged high-definition stream is taken for. */
  public static final ColorSpace BT709_LIMITED = new ColorSpace(Matrix.BT709, Range.LIMITED);

  /**
   * Returns what a picture that does not say is taken for: gray is full range, 720 rows and more
   * are BT.709.
   */
  public static ColorSpace assumedFor(PixelFormat format, int height) {
    if (format == PixelFormat.GRAY8) {
      return new ColorSpace(Matrix.BT601, Range.FULL);
    }
    return height >= 720 ? BT709_LIMITED : BT601_LIMITED;
  }

  public ColorSpace {
    requireNonNull(matrix, "matrix");
    requireNonNull(range, "range");
  }
}
