package io.videoml.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.videoml.inference.ExecutionReport;
import io.videoml.inference.InferenceContext;
import io.videoml.inference.InferenceEngine;
import io.videoml.inference.InferenceException;
import io.videoml.inference.ModelInfo;
import io.videoml.inference.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One session. ONNX Runtime frees a session under the calls that use it if told to: the gate keeps
 * it until they have left.
 */
final class OnnxEngine implements InferenceEngine {
  /** A call ends between two nodes of the model after it is told to: milliseconds, as a rule. */
  private static final long PATIENCE_SECONDS = 2;

  private final String path;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final ModelInfo model;
  private final ExecutionReport execution;
  private final CallGate gate;
  private final Set<OnnxContext> contexts = ConcurrentHashMap.newKeySet();

  OnnxEngine(
      String path,
      OrtEnvironment environment,
      OrtSession session,
      ModelInfo model,
      ExecutionReport execution) {
    this.path = path;
    this.environment = environment;
    this.session = session;
    this.model = model;
    this.execution = execution;
    this.gate = new CallGate(model.name());
    OnnxLibrary.opened(this);
  }

  @Override
  public ModelInfo model() {
    return model;
  }

  @Override
  public ExecutionReport execution() {
    return execution;
  }

  @Override
  public InferenceContext prepare(List<long[]> inputShapes) {
    List<long[]> shapes = inputShapes.stream().map(long[]::clone).toList();
    gate.enter();
    try {
      requireFitting(shapes);
      OnnxContext context = OnnxContext.open(this, environment, shapes);
      contexts.add(context);
      return context;
    } catch (OrtException e) {
      throw new InferenceException(path, OnnxErrors.text(e), e);
    } catch (ArithmeticException e) {
      throw new InferenceException(
          path,
          "with inputs of "
              + text(shapes)
              + ", some memory would exceed 2 GiB, the most there can be",
          e);
    } finally {
      gate.leave();
    }
  }

  private void requireFitting(List<long[]> shapes) {
    List<TensorSpec> specs = model.inputs();
    boolean fits = shapes.size() == specs.size();
    for (int i = 0; fits && i < specs.size(); i++) {
      fits = fits(specs.get(i), shapes.get(i));
    }
    if (!fits) {
      throw new InferenceException(
          path,
          "the model takes "
              + specs.stream().map(spec -> spec.name() + spec.shape()).toList()
              + " (-1: any size), not "
              + text(shapes));
    }
  }

  private static String text(List<long[]> shapes) {
    return shapes.stream().map(Arrays::toString).toList().toString();
  }

  private static boolean fits(TensorSpec spec, long[] shape) {
    if (shape.length != spec.rank()) {
      return false;
    }
    for (int axis = 0; axis < shape.length; axis++) {
      long declared = spec.size(axis);
      if (shape[axis] < 1 || (declared != TensorSpec.DYNAMIC && declared != shape[axis])) {
        return false;
      }
    }
    return true;
  }

  String path() {
    return path;
  }

  /** The session; only to be used between {@link #enter()} and {@link #leave()}. */
  OrtSession session() {
    return session;
  }

  void enter() {
    gate.enter();
  }

  void leave() {
    gate.leave();
  }

  boolean isClosed() {
    return gate.isClosed();
  }

  void forget(OnnxContext context) {
    contexts.remove(context);
  }

  @Override
  public void close() {
    gate.close(this::free);
    endCalls();
    awaitCalls();
  }

  /** Closes this without freeing anything, as the process ends. */
  void halt() {
    gate.close(() -> {});
    endCalls();
  }

  private void endCalls() {
    contexts.forEach(OnnxContext::cancel);
  }

  /** Waits for the calls to end. If they do not in time, the last of them frees the model. */
  void awaitCalls() {
    gate.await(PATIENCE_SECONDS);
  }

  private void free() {
    OnnxLibrary.closed(this);
    contexts.forEach(OnnxContext::close);
    try {
      session.close();
    } catch (OrtException e) {
      throw new InferenceException(path, "could not be closed: " + OnnxErrors.text(e), e);
    }
  }
}
