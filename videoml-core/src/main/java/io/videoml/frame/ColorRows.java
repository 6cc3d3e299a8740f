package io.videoml.frame;

/** The rows of a picture at another size, in red, green and blue. */
interface ColorRows {

  /** Writes row {@code y} of the result, in grey levels 0 to 255. */
  void row(int y, float[][] rgb);
}
