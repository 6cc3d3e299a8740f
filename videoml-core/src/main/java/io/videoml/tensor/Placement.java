package io.videoml.tensor;

/**
 * Where a source picture lies in a model input: the rectangle that holds it, the rest being
 * padding.
 *
 * @param sourceWidth width of the source, pixels
 * @param sourceHeight height of the source, pixels
 * @param x left edge of the picture in the input, pixels
 * @param y top edge of the picture in the input, pixels
 * @param width width of the picture in the input, pixels
 * @param height height of the picture in the input, pixels
 */
public record Placement(int sourceWidth, int sourceHeight, int x, int y, int width, int height) {
  public Placement {
    if (sourceWidth <= 0 || sourceHeight <= 0 || width <= 0 || height <= 0 || x < 0 || y < 0) {
      throw new IllegalArgumentException(
          "cannot place a "
              + sourceWidth
              + "x"
              + sourceHeight
              + " picture as "
              + width
              + "x"
              + height
              + " at "
              + x
              + ","
              + y
              + "; every size must be positive");
    }
  }

  /** Returns the source column, in pixels, of a column of the model input. */
  public double sourceX(double inputX) {
    return (inputX - x) * sourceWidth / width;
  }

  /** Returns the source row, in pixels, of a row of the model input. */
  public double sourceY(double inputY) {
    return (inputY - y) * sourceHeight / height;
  }
}
