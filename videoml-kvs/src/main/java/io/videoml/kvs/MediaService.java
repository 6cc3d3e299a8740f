package io.videoml.kvs;

/**
 * Gives sessions of GetMedia for one stream.
 *
 * <p>Threading: one thread.
 */
interface MediaService extends AutoCloseable {

  /**
   * Asks for a session; it may be refused later, by {@link MediaSession#next}.
   *
   * @throws MediaException if it cannot even ask
   */
  MediaSession open(KvsStart start) throws InterruptedException;

  /** Asks where the stream is served anew before the next session. */
  void renewEndpoint();

  /** Looks up credentials anew before the next session, and where the stream is served. */
  void renewCredentials();

  @Override
  void close();
}
