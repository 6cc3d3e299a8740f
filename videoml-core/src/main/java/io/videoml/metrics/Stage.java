package io.videoml.metrics;

import java.util.Locale;

/** A stage of the way from data to result, whose duration is measured. */
public enum Stage {
  /** From compressed data to a picture. */
  DECODE,
  /** The sampler's decision. */
  SAMPLE,
  /** From a picture to the model input. */
  PREPROCESS,
  /** The model itself. */
  INFERENCE,
  /** From the model's output to boxes. */
  POSTPROCESS,
  /** From a frame's arrival at the reader to its result. */
  TOTAL;

  /** Returns the stage's name in output and metrics, as {@code "decode"}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
