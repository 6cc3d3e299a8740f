package io.videoml.pipeline;

import static java.util.Objects.requireNonNull;

import io.videoml.detect.Detector;
import java.util.Optional;

/**
 * A stage that detects, and how it comes by its detector.
 *
 * @param key who gives the same key shares one detector; also the stage's name
 * @param factory makes it, where no one has yet
 */
record DetectStage(String key, SerializableSupplier<? extends Detector> factory)
    implements CascadeStep {
  DetectStage {
    if (requireNonNull(key, "key").isBlank()) {
      throw new IllegalArgumentException(
          "a detector needs a key that is not blank, to be shared by it");
    }
    requireNonNull(factory, "factory");
  }

  @Override
  public Optional<String> stage() {
    return Optional.of(key);
  }
}
