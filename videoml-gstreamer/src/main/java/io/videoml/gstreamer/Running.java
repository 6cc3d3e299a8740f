package io.videoml.gstreamer;

import io.videoml.source.SourceException;
import org.jspecify.annotations.Nullable;

/**
 * An open stream on a thread of its own.
 *
 * <p>Threading: any.
 */
interface Running {
  /** Returns whether the first coded picture came, so that it is known what the stream is. */
  boolean started();

  /** Returns why it ended early; null if it did not. */
  @Nullable SourceException failure();

  /** Makes it end soon; does not wait. */
  void stop();

  /** Waits until everything is freed, at most so long. */
  boolean awaitEnd(long millis) throws InterruptedException;
}
