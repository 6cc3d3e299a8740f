package io.videoml.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import io.videoml.inference.InferenceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tries what ONNX Runtime can do here. */
final class SupportProbe {
  private SupportProbe() {}

  static OnnxSupport probe(Path model) {
    OrtEnvironment environment;
    try {
      environment = OnnxLibrary.load();
    } catch (LinkageError e) {
      String why = String.valueOf(MissingLibrary.of("ONNX Runtime", e).getMessage());
      return new OnnxSupport(
          Optional.empty(), Optional.of(why.replaceFirst("^ONNX Runtime: ", "")), List.of());
    }
    Set<OrtProvider> built = OrtEnvironment.getAvailableProviders();
    List<OnnxSupport.Provider> providers = new ArrayList<>();
    for (Accelerator accelerator : Accelerator.values()) {
      providers.add(
          built.contains(provider(accelerator))
              ? new OnnxSupport.Provider(accelerator, true, problem(model, accelerator))
              : new OnnxSupport.Provider(accelerator, false, Optional.of(notBuilt(accelerator))));
    }
    return new OnnxSupport(Optional.of(environment.getVersion()), Optional.empty(), providers);
  }

  private static Optional<String> problem(Path model, Accelerator accelerator) {
    try {
      OnnxDetector.builder(model).require(accelerator).openEngine().close();
      return Optional.empty();
    } catch (InferenceException e) {
      String why = String.valueOf(e.getMessage());
      String prefix = model + ": ";
      return Optional.of(why.startsWith(prefix) ? why.substring(prefix.length()) : why);
    }
  }

  private static String notBuilt(Accelerator accelerator) {
    return accelerator == Accelerator.COREML
        ? "it is of macOS"
        : "it is not in this artifact of ONNX Runtime; use"
            + " com.microsoft.onnxruntime:onnxruntime_gpu in place of onnxruntime";
  }

  private static OrtProvider provider(Accelerator accelerator) {
    return switch (accelerator) {
      case CPU -> OrtProvider.CPU;
      case CUDA -> OrtProvider.CUDA;
      case TENSORRT -> OrtProvider.TENSOR_RT;
      case COREML -> OrtProvider.CORE_ML;
    };
  }
}
