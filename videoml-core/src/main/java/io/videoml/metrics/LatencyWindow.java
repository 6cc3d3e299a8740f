package io.videoml.metrics;

import java.time.Duration;
import java.util.Arrays;

/** A ring of the latest durations. */
final class LatencyWindow {
  private final long[] nanos;
  private int next;
  private int size;

  LatencyWindow(int capacity) {
    nanos = new long[capacity];
  }

  synchronized void add(long duration) {
    if (duration < 0) {
      throw new IllegalArgumentException(
          "a duration must not be negative, was " + duration + " ns");
    }
    nanos[next] = duration;
    next = (next + 1) % nanos.length;
    size = Math.min(size + 1, nanos.length);
  }

  LatencyStats stats() {
    long[] sorted = sorted();
    if (sorted.length == 0) {
      return LatencyStats.EMPTY;
    }
    double mean = Arrays.stream(sorted).average().orElseThrow();
    double variance =
        Arrays.stream(sorted).mapToDouble(n -> (n - mean) * (n - mean)).average().orElseThrow();
    return new LatencyStats(
        sorted.length,
        Duration.ofNanos(Math.round(mean)),
        Duration.ofNanos(Math.round(Math.sqrt(variance))),
        Duration.ofNanos(sorted[0]),
        percentile(sorted, 50),
        percentile(sorted, 95),
        percentile(sorted, 99),
        Duration.ofNanos(sorted[sorted.length - 1]));
  }

  private synchronized long[] sorted() {
    long[] copy = Arrays.copyOf(nanos, size);
    Arrays.sort(copy);
    return copy;
  }

  private static Duration percentile(long[] sorted, int percent) {
    int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
    return Duration.ofNanos(sorted[Math.max(0, rank - 1)]);
  }
}
