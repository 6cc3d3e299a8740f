package io.videoml.onnx;

import java.util.Locale;

/** What runs a model. */
public enum Accelerator {
  /** The processor; always there. */
  CPU,
  /** An NVIDIA card; needs the artifact {@code onnxruntime_gpu}, CUDA 12 and cuDNN 9. */
  CUDA,
  /**
   * An NVIDIA card, with a plan made for it when the model is loaded, which can take minutes; needs
   * TensorRT 10 besides what {@link #CUDA} needs.
   */
  TENSORRT,
  /** What an Apple machine has besides the processor; needs macOS. */
  COREML;

  /** Returns the name in reports, as {@code "cuda"}. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
