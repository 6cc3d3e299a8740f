package io.videoml.metrics;

/**
 * Receives counts and durations as they happen.
 *
 * <p>Threading: called from every stream's reader and worker at once. Must not block, and should
 * not allocate. What it throws is logged once and otherwise ignored.
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
  default void frameKept(String stream, int detections) {}

  /** Counts one frame of which sampling, detection or another stage failed. */
  default void frameFailed(String stream) {}

  /** Records one frame's time in one stage. */
  default void stageTook(String stream, Stage stage, long nanos) {}

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
