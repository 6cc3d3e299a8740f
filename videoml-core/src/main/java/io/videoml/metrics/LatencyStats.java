package io.videoml.metrics;

import java.time.Duration;

/**
 * Durations of one stage over a window.
 *
 * @param count durations in the window; all other values are zero where it is
 * @param mean arithmetic mean
 * @param std population standard deviation
 * @param min shortest
 * @param p50 median: at least half of the durations are no longer (nearest rank)
 * @param p95 95th percentile, nearest rank
 * @param p99 99th percentile, nearest rank
 * @param max longest
 */
public record LatencyStats(
    long count,
    Duration mean,
    Duration std,
    Duration min,
    Duration p50,
    Duration p95,
    Duration p99,
    Duration max) {

  /** Nothing was measured. */
  public static final LatencyStats EMPTY =
      new LatencyStats(
          0,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO);
}
