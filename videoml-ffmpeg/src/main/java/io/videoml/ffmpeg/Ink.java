package io.videoml.ffmpeg;

/**
 * A colour to draw with, as luma and chroma.
 *
 * @param y luma
 * @param u blue difference
 * @param v red difference
 */
record Ink(int y, int u, int v) {
  static final Ink BLACK = new Ink(16, 128, 128);
  static final Ink WHITE = new Ink(235, 128, 128);

  // Strong colours far from each other, then lighter and darker ones.
  private static final int[] CLASSES = {
    0xff3838, 0x2cdb48, 0x3a7bff, 0xffb21d, 0xcb38ff, 0x00d4bb, 0xff95c8, 0xcfd231, 0x8438ff,
    0xff701f, 0x92cc17, 0x00c2ff
  };

  /** Returns the colour of a class of objects. */
  static Ink ofClass(int classId) {
    int rgb = CLASSES[classId % CLASSES.length];
    int r = rgb >> 16;
    int g = rgb >> 8 & 0xff;
    int b = rgb & 0xff;
    double luma = 0.299 * r + 0.587 * g + 0.114 * b;
    return new Ink(
        (int) Math.round(16 + luma * 219 / 255),
        (int) Math.round(128 + (b - luma) * 112 / (255 * 0.886)),
        (int) Math.round(128 + (r - luma) * 112 / (255 * 0.701)));
  }

  byte level(int plane) {
    return (byte) (plane == 0 ? y : plane == 1 ? u : v);
  }

  /** Returns black or white, whichever can be read on this. */
  Ink contrast() {
    return y > 125 ? BLACK : WHITE;
  }
}
