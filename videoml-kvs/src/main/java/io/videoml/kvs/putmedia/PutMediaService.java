package io.videoml.kvs.putmedia;

import io.videoml.source.SourceException;

/**
 * Where sessions are opened for one stream.
 *
 * <p>Threading: one thread.
 */
public interface PutMediaService extends AutoCloseable {

  /**
   * Begins a session: looks up what it needs, which may block, and sends the request's header. Does
   * not wait for the answer.
   *
   * @param startMillis when its first fragment begins, of the Unix epoch
   * @param events told of all that comes of it, from any thread
   * @throws SourceException if it cannot begin
   */
  PutMediaSession open(long startMillis, SessionEvents events);

  /**
   * Returns whether the stream stores what it gets: else a fragment is done when it arrived. May
   * block.
   *
   * @throws SourceException if that cannot be found out now
   */
  boolean retains();

  /** Has what a session needs looked up anew for the next one. */
  void forgetEndpoint();

  /** Gives back what sessions share; sessions are closed by then. */
  @Override
  void close();
}
