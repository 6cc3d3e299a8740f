package io.videoml.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.Result;
import ai.onnxruntime.OrtSession.RunOptions;
import io.videoml.inference.InferenceContext;
import io.videoml.inference.InferenceException;
import io.videoml.inference.Tensor;
import io.videoml.inference.TensorSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Inputs and outputs that live in Java's direct memory, so that whatever a caller holds on to stays
 * readable, even after everything is closed.
 */
final class OnnxContext implements InferenceContext {
  private final OnnxEngine engine;
  private final CallGate gate;
  private final RunOptions options;
  private final List<ByteBuffer> memory = new ArrayList<>();
  private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
  private final OnnxOutputs outputs;

  // Guarded by this. A call may only be told to end while it runs: the flag would end the next one.
  private boolean running;
  private boolean cancelled;

  private OnnxContext(OnnxEngine engine, OnnxOutputs outputs) throws OrtException {
    this.engine = engine;
    this.gate = new CallGate("a context of " + engine.model().name());
    this.options = new RunOptions();
    this.outputs = outputs;
  }

  /** Makes a context for inputs of these shapes, which fit the model. */
  static OnnxContext open(OnnxEngine engine, OrtEnvironment environment, List<long[]> shapes)
      throws OrtException {
    // On the processor, ONNX Runtime refuses to write to memory bound for another shape. Whether it
    // does so elsewhere is not known: there was no other machine to try it on.
    boolean mayLearn = engine.execution().active().equals(Accelerator.CPU.id());
    OnnxOutputs outputs = new OnnxOutputs(environment, engine.model().outputs(), mayLearn);
    OnnxContext context = new OnnxContext(engine, outputs);
    boolean complete = false;
    try {
      context.allocate(environment, shapes);
      complete = true;
      return context;
    } finally {
      if (!complete) {
        context.close();
      }
    }
  }

  private void allocate(OrtEnvironment environment, List<long[]> shapes) throws OrtException {
    List<TensorSpec> specs = engine.model().inputs();
    for (int i = 0; i < specs.size(); i++) {
      ByteBuffer buffer = OnnxTypes.allocate(specs.get(i), shapes.get(i));
      memory.add(buffer);
      inputs.put(
          specs.get(i).name(), OnnxTypes.over(environment, specs.get(i), shapes.get(i), buffer));
    }
    outputs.bindFixed();
  }

  @Override
  public ByteBuffer input(int index) {
    if (gate.isClosed()) {
      throw new IllegalStateException("the context is closed");
    }
    return memory.get(index);
  }

  @Override
  public List<Tensor> run() {
    engine.enter();
    try {
      begin();
      try {
        return call();
      } finally {
        end();
      }
    } finally {
      engine.leave();
    }
  }

  private List<Tensor> call() {
    while (true) {
      if (engine.isClosed()) { // it may have told its contexts to end just before this call began
        throw new IllegalStateException(engine.model().name() + " is closed");
      }
      try (Result result =
          engine.session().run(inputs, outputs.unbound(), outputs.bound(), options)) {
        return outputs.read(result);
      } catch (OrtException e) {
        if (wasCancelled()) {
          String reason =
              engine.isClosed() ? "the model was closed during the call" : "the call was cancelled";
          throw new InferenceException(engine.path(), reason, e);
        }
        if (!outputs.unlearn()) {
          throw new InferenceException(engine.path(), "the call failed: " + OnnxErrors.text(e), e);
        }
      }
    }
  }

  private synchronized void begin() {
    if (running) {
      throw new IllegalStateException(
          "a context makes one call at a time; prepare one for each thread");
    }
    gate.enter();
    running = true;
  }

  private void end() {
    synchronized (this) {
      running = false;
      if (cancelled) {
        cancelled = false;
        setTerminate(false);
      }
    }
    gate.leave();
  }

  private synchronized boolean wasCancelled() {
    return cancelled;
  }

  @Override
  public synchronized void cancel() {
    if (running && !cancelled) {
      cancelled = true;
      setTerminate(true);
    }
  }

  private void setTerminate(boolean value) {
    try {
      options.setTerminate(value);
    } catch (OrtException e) {
      throw new InferenceException(engine.path(), OnnxErrors.text(e), e);
    }
  }

  @Override
  public void close() {
    gate.close(this::free);
  }

  private void free() {
    engine.forget(this);
    inputs.values().forEach(OnnxTensor::close);
    outputs.unbindAll();
    options.close();
  }
}
