package io.videoml.tensor;

/** Filter by which a picture is brought to another size; pixel centres at half coordinates. */
public enum Resampling {
  /**
   * Linear between the four nearest pixels, without antialiasing: what most models were trained
   * with.
   */
  BILINEAR,
  /** Mean over the covered area where the picture shrinks; {@link #BILINEAR} where it grows. */
  AREA,
  /**
   * {@link #BILINEAR} to the bit as OpenCV does it: video becomes 8-bit colours at its own size,
   * with the nearest chroma and by BT.601 whatever the stream says, which are then resized to whole
   * grey levels with weights of 11 bits. Slower and coarser; for models that were quantised on such
   * input, and for the very numbers of a prototype in Python.
   */
  OPENCV
}
