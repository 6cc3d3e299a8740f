package io.videoml.resilience;

import io.videoml.source.SourceException;
import io.videoml.source.StreamInfo;
import java.time.Duration;

/**
 * Is told what becomes of a stream.
 *
 * <p>Threading: one call at a time, in the order in which things happened; by the thread that
 * reads, the one that closes, or one that found the stream dead. No lock is held. Must not block.
 * What it throws is logged.
 */
public interface StreamObserver {
  /** Does nothing. */
  StreamObserver NONE = new StreamObserver() {};

  /** The stream is open; its first frame is about to be read. */
  default void onConnected(StreamInfo stream) {}

  /** A stream that was open is lost: it failed, fell silent, or ended though it should not. */
  default void onDisconnected(SourceException why) {}

  /**
   * Another attempt will be made.
   *
   * @param why what the last one, or the connection before it, failed with
   * @param attempt number of the attempt since the stream was last healthy, from 1
   * @param delay time until then
   */
  default void onReconnecting(SourceException why, int attempt, Duration delay) {}

  /** The state has changed. */
  default void onState(StreamStatus status) {}
}
