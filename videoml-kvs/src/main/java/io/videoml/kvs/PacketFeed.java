package io.videoml.kvs;

/**
 * Fills the output that a reader of packets lends from.
 *
 * <p>Threading: one thread.
 */
interface PacketFeed extends AutoCloseable {

  /** Begins to wait; time before does not count. */
  void enter();

  /** Returns whether nothing more will come. */
  boolean ended();

  /**
   * Reads on by a little, or waits, or asks again.
   *
   * @throws io.videoml.source.SourceException if the stream cannot go on, or brought nothing for
   *     too long
   */
  void advance() throws InterruptedException;

  /** Leaves what is open, for good. */
  @Override
  void close();
}
