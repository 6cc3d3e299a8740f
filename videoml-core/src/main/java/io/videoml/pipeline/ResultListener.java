package io.videoml.pipeline;

import java.io.Serializable;

/**
 * Receives results, without pixels. Travels with the description.
 *
 * <p>Threading: called on a run's worker thread, in the order of the stream; where many runs share
 * one instance, by all their workers at once. What it throws is reported as an event and logged;
 * the stream goes on.
 */
@FunctionalInterface
public interface ResultListener extends Serializable {
  /** Handles one result. */
  void onResult(FrameResult result);
}
