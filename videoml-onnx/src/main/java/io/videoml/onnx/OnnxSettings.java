package io.videoml.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import java.util.List;
import java.util.Map;

/**
 * How a model is to be run.
 *
 * @param threads that one call may use
 * @param accelerators those that will do, the best first; at least one
 * @param acceleratorOptions options of ONNX Runtime's execution providers
 * @param sessionOptions entries of ONNX Runtime's session configuration
 */
record OnnxSettings(
    int threads,
    List<Accelerator> accelerators,
    Map<Accelerator, Map<String, String>> acceleratorOptions,
    Map<String, String> sessionOptions) {

  /** Returns session options that run the model on an accelerator, to be closed. */
  SessionOptions sessionOptions(Accelerator accelerator) throws OrtException {
    SessionOptions session = new SessionOptions();
    try {
      session.setSessionLogLevel(OnnxLibrary.logLevel());
      session.setIntraOpNumThreads(threads);
      for (Map.Entry<String, String> entry : sessionOptions.entrySet()) {
        session.addConfigEntry(entry.getKey(), entry.getValue());
      }
      add(accelerator, session);
      return session;
    } catch (OrtException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** Fails where the ONNX Runtime on the class path cannot use the accelerator. */
  private void add(Accelerator accelerator, SessionOptions session) throws OrtException {
    Map<String, String> options = acceleratorOptions.getOrDefault(accelerator, Map.of());
    switch (accelerator) {
      case CPU -> {}
      case CUDA -> {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions()) {
          for (Map.Entry<String, String> option : options.entrySet()) {
            cuda.add(option.getKey(), option.getValue());
          }
          session.addCUDA(cuda);
        }
      }
      case TENSORRT -> {
        try (OrtTensorRTProviderOptions tensorRt = new OrtTensorRTProviderOptions()) {
          for (Map.Entry<String, String> option : options.entrySet()) {
            tensorRt.add(option.getKey(), option.getValue());
          }
          session.addTensorrt(tensorRt);
        }
        add(Accelerator.CUDA, session); // runs what TensorRT cannot
      }
      case COREML -> session.addCoreML(options);
    }
  }
}
