package io.videoml.kvs.putmedia;

import io.videoml.kvs.client.KvsFailure;
import java.util.Optional;

/**
 * Told of what comes of a session.
 *
 * <p>Threading: called by threads of the network, which must not be held up.
 */
public interface SessionEvents {
  /** The network takes more. */
  void onReady();

  /** The service accepted the request, and may have stored what it got. */
  void onAccepted();

  /** An acknowledgement came. */
  void onAck(Ack ack);

  /**
   * The session is over, once; nothing comes after.
   *
   * @param failure what went wrong; empty where the service ended it, or the connection did, which
   *     look alike
   */
  void onEnd(Optional<KvsFailure> failure);
}
