package io.videoml.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.Result;
import io.videoml.inference.Tensor;
import io.videoml.inference.TensorSpec;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One output of a context; bound to memory of its own once its size is known. */
final class OnnxOutput {
  private record Binding(OnnxTensor target, Tensor view) {}

  private final TensorSpec spec;
  private @Nullable Binding binding;

  OnnxOutput(TensorSpec spec) {
    this.spec = spec;
  }

  TensorSpec spec() {
    return spec;
  }

  /** What the model writes to; null where ONNX Runtime has to allocate. */
  @Nullable OnnxTensor target() {
    return binding == null ? null : binding.target();
  }

  /**
   * Has the model write to memory of this from now on, unless it does so already or there is
   * nothing to write.
   */
  void bind(OrtEnvironment environment, long[] shape) throws OrtException {
    if (binding == null && OnnxTypes.elements(shape) > 0) {
      ByteBuffer memory = OnnxTypes.allocate(spec, shape);
      OnnxTensor target = OnnxTypes.over(environment, spec, shape, memory);
      binding = new Binding(target, new Tensor(spec.name(), spec.type(), shape, memory));
    }
  }

  void unbind() {
    if (binding != null) {
      binding.target().close();
      binding = null;
    }
  }

  /** Returns what a call has written: here, or else a copy of its result. */
  Tensor read(Result result) {
    if (binding != null) {
      return binding.view();
    }
    OnnxTensor source = (OnnxTensor) result.get(spec.name()).orElseThrow();
    long[] shape = source.getInfo().getShape();
    // ONNX Runtime has no buffer for a tensor without elements.
    boolean empty = OnnxTypes.elements(shape) == 0;
    ByteBuffer data = empty ? ByteBuffer.allocate(0) : source.getByteBuffer();
    return new Tensor(spec.name(), spec.type(), shape, data);
  }
}
