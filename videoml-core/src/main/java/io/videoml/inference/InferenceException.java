package io.videoml.inference;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** A model could not be loaded, does not fit, or failed. */
public final class InferenceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String model;

  /**
   * @param model the model's name or path
   * @param message what happened and what to do
   */
  public InferenceException(String model, String message, @Nullable Throwable cause) {
    super(model + ": " + message, cause);
    this.model = requireNonNull(model, "model");
  }

  /** As the other constructor, without a cause. */
  public InferenceException(String model, String message) {
    this(model, message, null);
  }

  /** Returns the model's name or path. */
  public String model() {
    return model;
  }
}
