package io.videoml.ffmpeg;

/** The running median of the sizes of packets between key frames. */
final class PacketSizes {
  private static final double STEP = 1.02;
  private static final int ENOUGH = 100;

  private double median = 1;
  private int seen;

  void add(int bytes) {
    // Starts fast: doubles until it meets the first packets.
    double step = seen < ENOUGH / 2 ? 1.3 : STEP;
    median = bytes > median ? median * step : median / step;
    seen = Math.min(ENOUGH, seen + 1);
  }

  /** Returns whether a packet is larger than so many times the median. */
  boolean outstanding(int bytes, double factor) {
    return seen == ENOUGH && bytes > factor * median;
  }
}
