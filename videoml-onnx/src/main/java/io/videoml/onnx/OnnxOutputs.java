package io.videoml.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.Result;
import io.videoml.inference.Tensor;
import io.videoml.inference.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a context's calls leave their outputs: in memory bound to the calls where sizes are known,
 * else in ONNX Runtime's, out of which they are copied.
 *
 * <p>Sizes that a model leaves open mostly follow from those of the inputs, which are the same at
 * every call of a context: they are known from the first call on. Where they vary all the same, as
 * with suppression inside the model, one call is made twice and outputs are copied from then on.
 */
final class OnnxOutputs {
  private final OrtEnvironment environment;
  private final List<OnnxOutput> outputs;
  private final Map<String, OnnxTensor> bound = new LinkedHashMap<>();
  private final Set<String> unbound = new LinkedHashSet<>();
  private boolean mayLearn;
  private boolean learned;

  /**
   * @param mayLearn whether sizes may be learned from the first call
   */
  OnnxOutputs(OrtEnvironment environment, List<TensorSpec> specs, boolean mayLearn) {
    this.environment = environment;
    this.outputs = specs.stream().map(OnnxOutput::new).toList();
    this.mayLearn = mayLearn;
  }

  /** Binds what has the same size at every call of the model. */
  void bindFixed() throws OrtException {
    for (OnnxOutput output : outputs) {
      if (output.spec().fixed()) {
        output.bind(environment, OnnxTypes.shape(output.spec()));
      }
    }
    arrange();
  }

  /** What the model writes itself, by name. */
  Map<String, OnnxTensor> bound() {
    return bound;
  }

  /** The names of what ONNX Runtime has to allocate. */
  Set<String> unbound() {
    return unbound;
  }

  /** Returns what a call has written, in the model's order. */
  List<Tensor> read(Result result) throws OrtException {
    List<Tensor> tensors = new ArrayList<>(outputs.size());
    for (OnnxOutput output : outputs) {
      tensors.add(output.read(result));
    }
    if (mayLearn && !unbound.isEmpty()) {
      for (int i = 0; i < tensors.size(); i++) {
        outputs.get(i).bind(environment, OnnxTypes.shape(tensors.get(i)));
      }
      mayLearn = false;
      learned = true;
      arrange();
    }
    return tensors;
  }

  /** Forgets learned sizes for good; returns whether there were any. */
  boolean unlearn() {
    if (!learned) {
      return false;
    }
    learned = false;
    outputs.stream().filter(output -> !output.spec().fixed()).forEach(OnnxOutput::unbind);
    arrange();
    return true;
  }

  void unbindAll() {
    outputs.forEach(OnnxOutput::unbind);
  }

  private void arrange() {
    bound.clear();
    unbound.clear();
    for (OnnxOutput output : outputs) {
      OnnxTensor target = output.target();
      if (target == null) {
        unbound.add(output.spec().name());
      } else {
        bound.put(output.spec().name(), target);
      }
    }
  }
}
