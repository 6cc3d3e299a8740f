package io.videoml.metrics;

import io.videoml.detect.Detections;
import io.videoml.resilience.StreamState;
import io.videoml.source.SourceException;

/**
 * Receives counts and durations as they happen.
 *
 * <p>Threading: called from every stream's reader and worker at once, and of its state also from
 * those that close it or find it dead. Must not block, and should not allocate. What it throws is
 * logged once and otherwise ignored.
 */
public interface MetricsSink {

  /**
   * Counts frames that the stream held, decoded or not.
   *
   * @param frames at least 1
   */
  default void framesRead(String stream, long frames) {}

  /**
   * Counts frames that were dropped, by reason.
   *
   * @param frames at least 1
   */
  default void framesDropped(String stream, DropReason reason, long frames) {}

  /**
   * Counts one frame that got a result, and the objects in it: none in a pipeline without detector.
   */
  default void frameKept(String stream, Detections found) {}

  /** Counts one frame of which sampling, detection or another stage failed. */
  default void frameFailed(String stream) {}

  /** Records one frame's time in one stage. */
  default void stageTook(String stream, Stage stage, long nanos) {}

  /** Takes note of what a stream is doing from now on. */
  default void stateChanged(String stream, StreamState state) {}

  /**
   * Counts one attempt to connect anew.
   *
   * @param reason what the last one, or the connection before it, failed with
   */
  default void reconnecting(String stream, SourceException.Kind reason) {}

  /**
   * Records by how much the clock here is ahead of the capture time that the camera's own clock
   * gives, when a frame arrives: the delay of the way, and what the clocks differ by. Not called
   * where the capture time is of this machine.
   */
  default void captureDrift(String stream, long nanos) {}

  /** Takes note that a stream was removed, and will not come again: what is kept of it can go. */
  default void removed(String stream) {}

  /** Returns a sink that does nothing. */
  static MetricsSink none() {
    return NoMetrics.INSTANCE;
  }

  /**
   * Returns a sink that passes everything to all of them; one that throws does not keep it from the
   * others.
   */
  static MetricsSink composite(MetricsSink... sinks) {
    return CompositeMetrics.of(sinks);
  }
}
