package io.videoml.source;

import io.videoml.frame.Frame;

/**
 * Receives the frames of a reader, one at a time.
 *
 * <p>Threading: called by the thread that reads, within {@link FrameReader#tryAdvance}.
 */
@FunctionalInterface
public interface FrameHandler {
  /** Handles a frame that is lent until this method returns. */
  void onFrame(Frame frame);
}
