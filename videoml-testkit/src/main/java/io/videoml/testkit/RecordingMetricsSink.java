package io.videoml.testkit;

import io.videoml.detect.Detections;
import io.videoml.metrics.DropReason;
import io.videoml.metrics.MetricsSink;
import io.videoml.metrics.Stage;
import io.videoml.resilience.StreamState;
import io.videoml.source.SourceException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Adds up what it is told, over all streams.
 *
 * <p>Threading: safe.
 */
public final class RecordingMetricsSink implements MetricsSink {
  private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
  private final Map<Stage, Long> timed = new EnumMap<>(Stage.class);
  private final Map<SourceException.Kind, Long> reconnects =
      new EnumMap<>(SourceException.Kind.class);
  private final List<StreamState> states = new ArrayList<>();
  private final List<Long> drifts = new ArrayList<>();
  private final Set<String> removed = new HashSet<>();
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
  public synchronized void frameKept(String stream, Detections found) {
    kept++;
    detections += found.size();
  }

  @Override
  public synchronized void frameFailed(String stream) {
    failed++;
  }

  @Override
  public synchronized void stageTook(String stream, Stage stage, long nanos) {
    timed.merge(stage, 1L, Long::sum);
  }

  @Override
  public synchronized void stateChanged(String stream, StreamState state) {
    states.add(state);
  }

  @Override
  public synchronized void reconnecting(String stream, SourceException.Kind reason) {
    reconnects.merge(reason, 1L, Long::sum);
  }

  @Override
  public synchronized void captureDrift(String stream, long nanos) {
    drifts.add(nanos);
  }

  @Override
  public synchronized void removed(String stream) {
    removed.add(stream);
  }

  /** Returns the states in the order in which they were entered. */
  public synchronized List<StreamState> states() {
    return List.copyOf(states);
  }

  /** Returns how many attempts to connect anew followed failures of a kind. */
  public synchronized long reconnects(SourceException.Kind kind) {
    return reconnects.getOrDefault(kind, 0L);
  }

  /** Returns the drifts in nanoseconds, in order. */
  public synchronized List<Long> drifts() {
    return List.copyOf(drifts);
  }

  /** Returns the streams that were removed. */
  public synchronized Set<String> removed() {
    return Set.copyOf(removed);
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
