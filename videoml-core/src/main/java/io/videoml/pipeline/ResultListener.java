package io.videoml.pipeline;

import java.io.Serializable;

/**
 * Receives results, without pixels. One instance may serve many runs, and travels with the
 * description.
 */
@FunctionalInterface
public interface ResultListener extends Serializable {
  /** Handles one result; called on the run's worker thread, in the order of the stream. */
  void onResult(FrameResult result);
}
