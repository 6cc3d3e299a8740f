package io.videoml.testkit;

import io.videoml.metrics.DropReason;
import io.videoml.metrics.MetricsSink;
import io.videoml.metrics.Stage;
import java.util.EnumMap;
import java.util.Map;

/**
 * Adds up what it is told, over all streams.
 *
 * <p>Threading: safe.
 */
public final class RecordingMetricsSink implements MetricsSink {
  private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
  private final Map<Stage, Long> timed = new EnumMap<>(Stage.class);
  private long read;
  private long kept;
  private long failed;
  private long detections;

  @Override
  public synchronized void framesRead(String stream, long frames) {
    read += frames;
  }

  @Override
  public synchronized void framesDropped(String stream, DropReason reason, long frames) {
    dropped.merge(reason, frames, Long::sum);
  }

  @Override
  public synchronized void frameKept(String stream, int found) {
    kept++;
    detections += found;
  }

  @Override
  public synchronized void frameFailed(String stream) {
    failed++;
  }

  @Override
  public synchronized void stageTook(String stream, Stage stage, long nanos) {
    timed.merge(stage, 1L, Long::sum);
  }

  /** Returns how many frames were read. */
  public synchronized long read() {
    return read;
  }

  /** Returns how many frames were kept. */
  public synchronized long kept() {
    return kept;
  }

  /** Returns how many frames failed. */
  public synchronized long failed() {
    return failed;
  }

  /** Returns how many objects were found. */
  public synchronized long detections() {
    return detections;
  }

  /** Returns how many frames were dropped for a reason. */
  public synchronized long dropped(DropReason reason) {
    return dropped.getOrDefault(reason, 0L);
  }

  /** Returns how many frames were dropped. */
  public synchronized long dropped() {
    return dropped.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns how many durations a stage had. */
  public synchronized long timed(Stage stage) {
    return timed.getOrDefault(stage, 0L);
  }
}
