package io.videoml.inference;

import java.util.List;

/**
 * Runs one loaded model.
 *
 * <p>Threading: safe. {@link #close()} cancels the calls that run and frees the model after them.
 * From then on {@link #prepare} and every context throw {@link IllegalStateException}; {@link
 * #model()} and {@link #execution()} still answer.
 */
public interface InferenceEngine extends AutoCloseable {

  /** Returns what the model says of itself. */
  ModelInfo model();

  /** Returns what really runs the model. */
  ExecutionReport execution();

  /**
   * Makes the memory for calls with inputs of these shapes. Expensive next to a call: keep and
   * reuse it.
   *
   * @param inputShapes one shape per model input, in the model's order, every size positive and in
   *     agreement with the model
   * @throws InferenceException if the model does not take such shapes
   * @throws IllegalStateException if the engine is closed
   */
  InferenceContext prepare(List<long[]> inputShapes);

  /** Frees the model. Closing again does nothing. */
  @Override
  void close();
}
