package io.videoml.kvs.putmedia;

import java.nio.ByteBuffer;

/**
 * A PutMedia call in progress.
 *
 * <p>Threading: one thread.
 */
public interface PutMediaSession extends AutoCloseable {

  /** Returns whether the network takes more. Where not, {@link SessionEvents#onReady} follows. */
  boolean ready();

  /**
   * Sends bytes, which must stay as they are.
   *
   * @throws IllegalStateException if it is not ready
   */
  void send(ByteBuffer bytes);

  /** Ends the request; acknowledgements go on coming. */
  void finish();

  /** Cuts the connection at once. Closing again does nothing. */
  @Override
  void close();
}
