package io.videoml.onnx;

import io.videoml.inference.InferenceException;
import org.jspecify.annotations.Nullable;

/** Says why ONNX Runtime cannot be loaded. Uses none of its classes, as there may be none. */
final class MissingLibrary {
  /** What failed first; later attempts only say that a class could not be initialised. */
  private static @Nullable String first;

  private MissingLibrary() {}

  /**
   * Returns the exception to throw.
   *
   * @param model what was to be loaded
   */
  static synchronized InferenceException of(String model, LinkageError failure) {
    if (first == null) {
      first = rootOf(failure).toString();
    }
    return new InferenceException(
        model,
        "ONNX Runtime cannot be loaded on "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + " ("
            + first
            + "); it needs exactly one of the artifacts com.microsoft.onnxruntime:onnxruntime and"
            + " com.microsoft.onnxruntime:onnxruntime_gpu, a temporary directory from which"
            + " libraries may be loaded, and on Linux glibc 2.28",
        failure);
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : rootOf(cause);
  }
}
