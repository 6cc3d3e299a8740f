package io.videoml.sampling;

/** The mean of the last few values; 0 before the first. */
final class RecentMean {
  private final double[] values;
  private long count;

  RecentMean(int size) {
    values = new double[size];
  }

  void add(double value) {
    values[(int) (count++ % values.length)] = value;
  }

  void clear() {
    count = 0;
  }

  double mean() {
    int known = (int) Math.min(count, values.length);
    double sum = 0;
    for (int i = 0; i < known; i++) {
      sum += values[i];
    }
    return known == 0 ? 0 : sum / known;
  }
}
