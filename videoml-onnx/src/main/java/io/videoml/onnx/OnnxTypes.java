package io.videoml.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.TensorInfo.OnnxTensorType;
import io.videoml.inference.InferenceException;
import io.videoml.inference.Tensor;
import io.videoml.inference.TensorSpec;
import io.videoml.tensor.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Tensors, between our words and ONNX Runtime's. */
final class OnnxTypes {
  private OnnxTypes() {}

  /** Returns what a model declares of one input or output. */
  static TensorSpec spec(String model, NodeInfo node) {
    if (!(node.getInfo() instanceof TensorInfo info)) {
      throw new InferenceException(
          model,
          node.getName()
              + " is not a tensor but "
              + node.getInfo()
              + "; export the model without it");
    }
    for (ElementType type : ElementType.values()) {
      if (OnnxTensorType.mapFromJavaType(of(type)) == info.onnxType) {
        List<Long> shape = Arrays.stream(info.getShape()).boxed().toList();
        return new TensorSpec(node.getName(), type, shape);
      }
    }
    throw new InferenceException(
        model,
        node.getName()
            + " has elements of "
            + info.onnxType
            + ", none of "
            + Arrays.toString(ElementType.values()));
  }

  static long[] shape(TensorSpec spec) {
    return spec.shape().stream().mapToLong(Long::longValue).toArray();
  }

  static long[] shape(Tensor tensor) {
    return IntStream.range(0, tensor.rank()).mapToLong(tensor::size).toArray();
  }

  static long elements(long[] shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /** Returns new direct memory for a tensor. */
  static ByteBuffer allocate(TensorSpec spec, long[] shape) {
    int bytes = Math.toIntExact(Math.multiplyExact(elements(shape), spec.type().bytes()));
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /** Returns a tensor over direct memory, which it keeps alive. */
  static OnnxTensor over(
      OrtEnvironment environment, TensorSpec spec, long[] shape, ByteBuffer memory)
      throws OrtException {
    ByteBuffer whole = memory.duplicate().order(ByteOrder.nativeOrder());
    return OnnxTensor.createTensor(environment, whole, shape, of(spec.type()));
  }

  private static OnnxJavaType of(ElementType type) {
    return switch (type) {
      case FLOAT32 -> OnnxJavaType.FLOAT;
      case FLOAT16 -> OnnxJavaType.FLOAT16;
      case FLOAT64 -> OnnxJavaType.DOUBLE;
      case UINT8 -> OnnxJavaType.UINT8;
      case INT8 -> OnnxJavaType.INT8;
      case INT32 -> OnnxJavaType.INT32;
      case INT64 -> OnnxJavaType.INT64;
      case BOOL -> OnnxJavaType.BOOL;
    };
  }
}
