package io.videoml.frame;

/** Turns rows of luma and chroma into rows of red, green and blue, all in grey levels 0 to 255. */
final class YuvToRgb {
  final float lumaScale;
  private final float lumaOffset;
  final float redFromV;
  final float greenFromU;
  final float greenFromV;
  final float blueFromU;
  private final float kr;
  private final float kb;

  private YuvToRgb(ColorSpace space) {
    boolean full = space.range() == ColorSpace.Range.FULL;
    double kr = space.matrix().red();
    double kb = space.matrix().blue();
    double kg = 1 - kr - kb;
    double chromaScale = full ? 1 : 255.0 / 224;
    this.kr = (float) kr;
    this.kb = (float) kb;
    lumaScale = full ? 1 : 255f / 219;
    lumaOffset = full ? 0 : -16 * lumaScale;
    redFromV = (float) (2 * (1 - kr) * chromaScale);
    blueFromU = (float) (2 * (1 - kb) * chromaScale);
    greenFromU = (float) (-2 * (1 - kb) * kb / kg * chromaScale);
    greenFromV = (float) (-2 * (1 - kr) * kr / kg * chromaScale);
  }

  static YuvToRgb of(ColorSpace space) {
    return new YuvToRgb(space);
  }

  /** Replaces Y, U, V by R, G, B. */
  void toRgb(float[][] row) {
    float[] first = row[0];
    float[] second = row[1];
    float[] third = row[2];
    for (int x = 0; x < first.length; x++) {
      float luma = first[x] * lumaScale + lumaOffset;
      float u = second[x] - 128;
      float v = third[x] - 128;
      first[x] = clamp(luma + redFromV * v);
      second[x] = clamp(luma + greenFromU * u + greenFromV * v);
      third[x] = clamp(luma + blueFromU * u);
    }
  }

  /** Replaces luma by three equal colours. */
  void grayToRgb(float[][] row) {
    for (int x = 0; x < row[0].length; x++) {
      row[0][x] = clamp(row[0][x] * lumaScale + lumaOffset);
    }
    System.arraycopy(row[0], 0, row[1], 0, row[0].length);
    System.arraycopy(row[0], 0, row[2], 0, row[0].length);
  }

  /** Replaces red by luma, 0 to 255. */
  void rgbToLuma(float[][] row) {
    for (int x = 0; x < row[0].length; x++) {
      row[0][x] = kr * row[0][x] + (1 - kr - kb) * row[1][x] + kb * row[2][x];
    }
  }

  private static float clamp(float level) {
    return Math.min(255, Math.max(0, level));
  }
}
