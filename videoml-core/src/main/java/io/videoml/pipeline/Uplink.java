package io.videoml.pipeline;

import io.videoml.frame.Frame;
import java.io.IOException;

/**
 * Sends frames, or what was found in them, to somewhere else: a server, a stream, a larger machine.
 * Opened when the run starts, closed when it ends. One that needs no closing can be a lambda.
 *
 * <p>Threading: one thread at a time, in the order of the stream. A run that is closed while this
 * sends interrupts it after a second.
 */
@FunctionalInterface
public interface Uplink extends AutoCloseable {

  /**
   * Sends one frame. May block: it is a stage like a detector, and of a camera's frames only the
   * newest waits for it. What it throws fails the frame; the stream goes on. Its messages must hold
   * no credentials.
   *
   * @param frame lent for the call
   * @param soFar what the stages before found in it
   * @return how many bytes were sent, which budgets are charged with; 0 if that is of no interest.
   *     A call that throws is charged with none
   * @throws IOException if it could not be sent
   * @throws InterruptedException if the thread was interrupted
   */
  long send(Frame frame, FrameResult soFar) throws IOException, InterruptedException;

  /** Ends the connection. Closing again does nothing. */
  @Override
  default void close() {}
}
