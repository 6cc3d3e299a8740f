package io.videoml.cli.output;

import io.videoml.metrics.LatencyStats;
import io.videoml.metrics.Stage;
import java.time.Duration;
import java.util.Map;

/**
 * What {@code bench} found out.
 *
 * @param stream what was read
 * @param decoding how it was decoded, in words
 * @param model what ran on it, in words
 * @param read frames read
 * @param kept frames that the sampler kept
 * @param elapsed from the first to the last of them
 * @param latency of each stage that ran
 */
public record Measurement(
    String stream,
    String decoding,
    String model,
    long read,
    long kept,
    Duration elapsed,
    Map<Stage, LatencyStats> latency) {

  public Measurement {
    latency = Map.copyOf(latency);
  }

  public double framesPerSecond() {
    return elapsed.isZero() ? 0 : read / (elapsed.toNanos() / 1e9);
  }

  /** Returns how long a stage took; zeros where it did not run. */
  public LatencyStats latency(Stage stage) {
    return latency.getOrDefault(stage, LatencyStats.EMPTY);
  }
}
