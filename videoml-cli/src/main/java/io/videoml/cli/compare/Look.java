package io.videoml.cli.compare;

import io.videoml.detect.Detection;
import io.videoml.pipeline.FrameResult;
import java.util.List;

/**
 * What the detector found in one frame.
 *
 * @param nanos media time
 * @param objects in pixels of the frame
 */
record Look(long nanos, List<Detection> objects) {

  static Look of(FrameResult result) {
    return new Look(result.frame().time().pts().toNanos(), result.detections().objects());
  }
}
