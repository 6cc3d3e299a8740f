package io.videoml.motion;

/**
 * How finely a picture is looked at: the larger, the coarser, since what happens in it is larger
 * too. Against the exact computation, shares differ by 2 % of themselves at most (2026-11).
 */
final class Grain {
  /** Every pixel is read. */
  static final Grain FINE = new Grain(2, 2, 0, 1, Blur.SIDE_2, Blur.SIDE_2);

  /** Every second line is read. */
  static final Grain COARSE = new Grain(4, 4, 0, 2, Blur.SIDE_4, Blur.SIDE_4);

  /** Every fourth line is read. */
  static final Grain TALL = new Grain(4, 8, 1, 6, Blur.SIDE_4, Blur.SIDE_8);

  private static final int FINE_PIXELS = 1 << 19;
  private static final int COARSE_PIXELS = 1 << 20;

  /** Of a cell, pixels. */
  final int width;

  /** Of a cell, pixels. */
  final int height;

  /** The line of a cell that is read first. */
  final int first;

  /** The other line of a cell that is read. */
  final int second;

  final Blur along;
  final Blur across;

  private Grain(int width, int height, int first, int second, Blur along, Blur across) {
    this.width = width;
    this.height = height;
    this.first = first;
    this.second = second;
    this.along = along;
    this.across = across;
  }

  static Grain of(int width, int height) {
    long pixels = (long) width * height;
    if (pixels <= FINE_PIXELS) {
      return FINE;
    }
    return pixels <= COARSE_PIXELS ? COARSE : TALL;
  }

  /** Returns how many pixels make up a cell's sum. */
  int samples() {
    return 2 * width;
  }
}
