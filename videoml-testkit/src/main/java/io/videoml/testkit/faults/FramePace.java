package io.videoml.testkit.faults;

import io.videoml.testkit.TestClip;
import java.io.Serializable;
import java.time.Duration;

/**
 * Says when a camera in memory gives its frames. The camera does the waiting, so that closing it
 * ends a wait.
 *
 * <p>Threading: called by every thread that reads.
 */
@FunctionalInterface
public interface FramePace extends Serializable {

  /** Frames come as fast as they are taken. */
  static FramePace unpaced() {
    return frame -> Duration.ZERO;
  }

  /** Frames come at the rate of the clip, or later where nobody took them in time. */
  static FramePace of(TestClip clip) {
    Duration gap = clip.pts(1);
    return frame -> gap;
  }

  /**
   * Returns how long to wait for a frame after the one before.
   *
   * @param frame number of the frame in its connection, from 0
   */
  Duration before(long frame);
}
