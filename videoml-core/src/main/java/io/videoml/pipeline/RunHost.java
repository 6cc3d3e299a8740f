package io.videoml.pipeline;

import io.videoml.detect.Detector;
import io.videoml.frame.FrameInfo;

/**
 * What a run shares with the runs beside it: turns at detecting, detectors, and who hears of
 * events. A run by itself has all to itself, see {@link #ALONE}; a fleet is the host of many.
 *
 * <p>Threading: safe; asked by the threads of all its runs at once. What it throws ends the run,
 * but for {@link #onEvent}, which is isolated as any sink.
 */
public interface RunHost {
  /** Makes nobody wait, and keeps every frame. */
  RunHost ALONE =
      new RunHost() {
        @Override
        public Turn takeTurn() {
          return Turn.FREE;
        }

        @Override
        public boolean fresh(FrameInfo frame) {
          return true;
        }

        @Override
        public Detector detector(String key, Detector detector) {
          return detector;
        }

        @Override
        public void onEvent(PipelineEvent event) {}
      };

  /**
   * Waits until the run may take its newest kept frame to the detectors. Asked when there is such a
   * frame, and not at all by a pipeline without detectors. An interrupt ends the wait and, with it,
   * the run.
   */
  Turn takeTurn() throws InterruptedException;

  /**
   * Returns whether a frame is still worth looking at, now that it is its turn; else it is dropped
   * as stale.
   */
  boolean fresh(FrameInfo frame);

  /**
   * Returns what the run detects with, in place of a detector that the host does not own; asked
   * once when the run starts.
   *
   * @param key that the detector is shared by
   */
  Detector detector(String key, Detector detector);

  /** Takes note of something that happened to the run, after its own sinks did. */
  void onEvent(PipelineEvent event);

  /** Somebody's turn, given back when closed; again, to no effect. Threading: safe. */
  @FunctionalInterface
  interface Turn extends AutoCloseable {
    /** The turn of those who need not wait. */
    Turn FREE = () -> {};

    @Override
    void close();

    /** Gives it back as one that was of no use: the frame was stale. */
    default void unused() {
      close();
    }
  }
}
