package io.videoml.kvs;

/**
 * One session of GetMedia: bytes until it ends.
 *
 * <p>Threading: one thread reads; any may close.
 */
interface MediaSession extends AutoCloseable {

  /**
   * Waits for more.
   *
   * @return {@link MediaChunk#END} at the end, {@link MediaChunk#NOTHING} where nothing came in
   *     time
   * @throws MediaException if the session could not begin, or broke
   */
  MediaChunk next(long nanos) throws InterruptedException;

  /** Returns whether the service agreed to the session. */
  boolean answered();

  /** Cancels it; never waits. */
  @Override
  void close();
}
