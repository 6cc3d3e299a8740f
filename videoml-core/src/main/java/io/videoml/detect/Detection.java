package io.videoml.detect;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * One object found in one frame.
 *
 * @param classId the model's class index, from 0
 * @param label the class name
 * @param confidence the model's confidence, from 0 to 1
 * @param box where it is, in pixels of the source frame (not of the resized model input)
 */
public record Detection(int classId, String label, float confidence, Box box)
    implements Serializable {
  public Detection {
    requireNonNull(label, "label");
    requireNonNull(box, "box");
    if (classId < 0) {
      throw new IllegalArgumentException("classId must not be negative, was " + classId);
    }
    if (!(confidence >= 0 && confidence <= 1)) { // also refuses NaN
      throw new IllegalArgumentException("confidence must be within 0..1, was " + confidence);
    }
  }
}
