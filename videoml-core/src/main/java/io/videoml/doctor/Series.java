package io.videoml.doctor;

import java.util.Arrays;

/** A list of numbers, for medians. Keeps the first million. */
final class Series {
  private static final int LIMIT = 1_000_000;

  private long[] values = new long[256];
  private int size;

  void add(long value) {
    if (size == LIMIT) {
      return;
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.min(LIMIT, 2 * size));
    }
    values[size++] = value;
  }

  int size() {
    return size;
  }

  long get(int index) {
    return values[index];
  }

  void clear() {
    size = 0;
  }

  /** Returns the value that so many percent are not above; 0 where there is none. */
  long percentile(int percent) {
    return percentile(0, size, percent);
  }

  /** As the other, of a part. */
  long percentile(int from, int to, int percent) {
    if (to <= from) {
      return 0;
    }
    long[] sorted = Arrays.copyOfRange(values, from, to);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
    return sorted[Math.max(0, rank - 1)];
  }
}
