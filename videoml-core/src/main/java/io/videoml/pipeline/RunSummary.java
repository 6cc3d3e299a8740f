package io.videoml.pipeline;

import static java.util.Objects.requireNonNull;

import io.videoml.metrics.DropReason;
import io.videoml.metrics.LatencyStats;
import io.videoml.metrics.Stage;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The counts of a run. Once it has ended, {@code read = kept + failed + sum of dropped}; while it
 * runs, frames on their way are read and nothing else yet.
 *
 * @param stream name of the pipeline or camera
 * @param read frames that the stream held, decoded or not
 * @param kept frames that got a result
 * @param failed frames whose sampling or detection threw, or another stage of a cascade
 * @param dropped frames that have no result, by reason; reasons that did not occur are absent
 * @param elapsed time from the start of the run
 * @param latency statistics of each stage over the latest frames
 * @param stages the way of the frames: {@code decode}, {@code sample} with the sampler's own
 *     reasons, {@code mailbox}, then those of a cascade, unless it is one detector alone
 */
public record RunSummary(
    String stream,
    long read,
    long kept,
    long failed,
    Map<DropReason, Long> dropped,
    Duration elapsed,
    Map<Stage, LatencyStats> latency,
    List<StageSummary> stages) {
  public RunSummary {
    requireNonNull(stream, "stream");
    requireNonNull(elapsed, "elapsed");
    dropped = inOrder(DropReason.class, requireNonNull(dropped, "dropped"));
    latency = inOrder(Stage.class, requireNonNull(latency, "latency"));
    stages = List.copyOf(stages);
  }

  /** Makes a summary that knows of no stages. */
  public RunSummary(
      String stream,
      long read,
      long kept,
      long failed,
      Map<DropReason, Long> dropped,
      Duration elapsed,
      Map<Stage, LatencyStats> latency) {
    this(stream, read, kept, failed, dropped, elapsed, latency, List.of());
  }

  /** Copies a map; the same counts shall always print in the same order. */
  private static <K extends Enum<K>, V> Map<K, V> inOrder(Class<K> type, Map<K, V> map) {
    Map<K, V> copy = new EnumMap<>(type);
    copy.putAll(map);
    return Collections.unmodifiableMap(copy);
  }

  /** Returns frames read per second of the run; 0 for a run of no duration. */
  public double framesPerSecond() {
    return elapsed.isZero() ? 0 : read / (elapsed.toNanos() / 1e9);
  }
}
