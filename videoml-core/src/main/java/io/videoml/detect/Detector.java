package io.videoml.detect;

import io.videoml.frame.Frame;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Finds objects in frames. One per process and model, shared by every stream that uses it.
 *
 * <p>Threading: safe. {@link #close()} may come while others detect: they then finish or fail with
 * an exception, never in native code.
 */
public interface Detector extends AutoCloseable {

  /**
   * Finds the objects of each frame; frames may be of different streams and sizes.
   *
   * @param frames lent for the call; any number, more than {@link #maxBatch()} are done in parts
   * @return one entry per frame, in order
   * @throws RuntimeException if the model fails; the detector stays usable
   * @throws IllegalStateException if the detector is closed
   */
  List<Detections> detect(List<? extends Frame> frames);

  /** Returns how many frames at once the detector can make use of; 1 where batches gain nothing. */
  int maxBatch();

  /** Frees the model. Closing again does nothing. */
  @Override
  void close();

  /** Finds the objects of one frame. */
  default Detections detect(Frame frame) {
    return detect(List.of(frame)).get(0);
  }

  /**
   * Returns a detector that reports only objects with one of the labels; closing it closes this
   * one.
   */
  default Detector only(Set<String> labels) {
    return new FilteredDetector(this, labels);
  }

  /**
   * Returns a detector that lets at most so many calls run at once and has the others wait; closing
   * it closes this one.
   *
   * @param calls at least 1
   */
  default Detector limited(int calls) {
    return new LimitedDetector(this, calls);
  }

  /**
   * Returns a detector that gathers the frames of calls from several threads into one call, where
   * the model gains by batches; closing it closes this one.
   *
   * @param most frames of a batch, at least 1
   * @param delay how long the first of a batch waits for others; its latency grows by as much at
   *     most
   */
  default Detector batched(int most, Duration delay) {
    return new BatchedDetector(this, most, delay);
  }
}
