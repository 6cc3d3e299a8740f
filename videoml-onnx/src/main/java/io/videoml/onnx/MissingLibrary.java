package io.videoml.onnx;

import io.videoml.inference.InferenceException;
import java.util.concurrent.atomic.AtomicReference;

/** Says why ONNX Runtime cannot be loaded. Uses none of its classes, as there may be none. */
final class MissingLibrary {
  /** What failed first; later attempts only say that a class could not be initialised. */
  private static final AtomicReference<LinkageError> FIRST = new AtomicReference<>();

  private MissingLibrary() {}

  /**
   * Returns the exception to throw.
   *
   * @param model what was to be loaded
   */
  static InferenceException of(String model, LinkageError failure) {
    FIRST.compareAndSet(null, failure);
    Throwable cause = FIRST.get();
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new InferenceException(
        model,
        "ONNX Runtime cannot be loaded on "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + " ("
            + cause
            + "); it needs exactly one of the artifacts com.microsoft.onnxruntime:onnxruntime and"
            + " com.microsoft.onnxruntime:onnxruntime_gpu, a temporary directory from which"
            + " libraries may be loaded, and on Linux glibc 2.28",
        FIRST.get());
  }
}
