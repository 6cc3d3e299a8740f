package io.videoml.tensor;

/** Filter by which a picture is brought to another size; pixel centres at half coordinates. */
public enum Resampling {
  /**
   * Linear between the four nearest pixels, without antialiasing: what most models were trained
   * with.
   */
  BILINEAR,
  /** Mean over the covered area where the picture shrinks; {@link #BILINEAR} where it grows. */
  AREA
}
