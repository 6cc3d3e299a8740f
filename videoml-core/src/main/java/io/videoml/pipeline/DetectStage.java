package io.videoml.pipeline;

import static java.util.Objects.requireNonNull;

import io.videoml.detect.Detector;
import java.io.Serializable;

/**
 * How a pipeline comes by its detector.
 *
 * @param key who gives the same key shares one detector
 * @param factory makes it, where no one has yet
 */
record DetectStage(String key, SerializableSupplier<? extends Detector> factory)
    implements Serializable {
  DetectStage {
    if (requireNonNull(key, "key").isBlank()) {
      throw new IllegalArgumentException(
          "a detector needs a key that is not blank, to be shared by it");
    }
    requireNonNull(factory, "factory");
  }
}
