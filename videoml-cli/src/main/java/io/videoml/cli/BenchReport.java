package io.videoml.cli;

import io.videoml.cli.output.Measurement;
import io.videoml.metrics.LatencyStats;
import io.videoml.metrics.Stage;
import java.time.Duration;
import java.util.Locale;

/** Says what was measured, as a table for people. */
final class BenchReport {
  private BenchReport() {}

  /**
   * Returns the text.
   *
   * @param note on how it was measured
   */
  static String text(Measurement result, String note) {
    StringBuilder text =
        new StringBuilder(result.stream())
            .append(": ")
            .append(result.decoding())
            .append("; ")
            .append(result.model())
            .append(note)
            .append('\n');
    text.append(
        String.format(
            Locale.ROOT,
            "%d frames read, %d kept, %.3f s, %.1f frames per second%n%n",
            result.read(),
            result.kept(),
            result.elapsed().toNanos() / 1e9,
            result.framesPerSecond()));
    text.append(
        String.format(
            "%-12s%8s%10s%10s%10s%10s%10s%10s%10s%n",
            "ms", "count", "mean", "std", "min", "p50", "p95", "p99", "max"));
    for (Stage stage : Stage.values()) {
      LatencyStats stats = result.latency(stage);
      if (stats.count() > 0) {
        text.append(row(stage, stats));
      }
    }
    return text.toString();
  }

  private static String row(Stage stage, LatencyStats stats) {
    StringBuilder row =
        new StringBuilder(String.format(Locale.ROOT, "%-12s%8d", stage.code(), stats.count()));
    for (Duration value :
        new Duration[] {
          stats.mean(), stats.std(), stats.min(), stats.p50(), stats.p95(), stats.p99(), stats.max()
        }) {
      row.append(String.format(Locale.ROOT, "%10.3f", value.toNanos() / 1e6));
    }
    return row.append('\n').toString();
  }
}
