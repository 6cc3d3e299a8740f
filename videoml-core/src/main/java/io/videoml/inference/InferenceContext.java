package io.videoml.inference;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Input and output memory for one call of a model at a time, reused from call to call.
 *
 * <p>Threading: one thread at a time, but for {@link #cancel()} and {@link #close()}.
 */
public interface InferenceContext extends AutoCloseable {

  /** Returns the memory of one input: direct, native byte order, the same buffer at every call. */
  ByteBuffer input(int index);

  /**
   * Runs the model on what the inputs hold now.
   *
   * @return the outputs in the model's order; their memory is valid until the next run, or {@link
   *     #close()}
   * @throws InferenceException if the model fails or was cancelled; the context stays usable
   * @throws IllegalStateException if the context or its engine is closed
   */
  List<Tensor> run();

  /** Makes a call that is running on another thread fail soon; does nothing where none runs. */
  void cancel();

  /** Frees the memory, after a call that is running. Closing again does nothing. */
  @Override
  void close();
}
