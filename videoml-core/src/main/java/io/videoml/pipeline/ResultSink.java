package io.videoml.pipeline;

import io.videoml.frame.Frame;

/**
 * Takes the results of one run to their end: a file, a video, a queue. Opened when the run starts,
 * closed when it ends.
 *
 * <p>Threading: one thread at a time, in the order of the stream, but for {@link #onEvent}, which
 * comes from any. What it throws is reported as an event and logged; the stream goes on.
 */
@FunctionalInterface
public interface ResultSink extends AutoCloseable {

  /**
   * Takes one result.
   *
   * @param frame the frame that was looked at, lent for the call
   */
  void accept(Frame frame, FrameResult result);

  /** Takes note of something that happened to the stream. */
  default void onEvent(PipelineEvent event) {}

  /** Finishes the output. Closing again does nothing. */
  @Override
  default void close() {}
}
