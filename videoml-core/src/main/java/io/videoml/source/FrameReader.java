package io.videoml.source;

import java.util.OptionalLong;

/**
 * Reads the frames of one open stream, in presentation order.
 *
 * <p>Threading: one thread reads; everything else may be called from any other, also while it
 * reads, and what only asks must not block. Native memory is freed when the reader is closed and
 * the last shared frame is.
 */
public interface FrameReader extends AutoCloseable {

  /**
   * Lends the next frame to the handler, waiting for it as long as the source's read timeout
   * allows.
   *
   * @return false at the end of the stream, when the handler was not called
   * @throws SourceException if the stream fails, stalls, or was closed, even from another thread;
   *     an exception of the handler's passes through
   */
  boolean tryAdvance(FrameHandler handler);

  /**
   * Changes which frames are decoded: where it narrows, the next frame delivered satisfies it;
   * where it widens, all come from one of the next key frames on.
   */
  void demand(DecodeDemand demand);

  /**
   * Returns how many frames the stream held so far that were passed over since nobody demanded
   * them; still answers after closing.
   */
  long notDemanded();

  /**
   * Returns how many bytes of the stream came so far, whether or not frames came of them; empty
   * where the reader cannot tell; still answers after closing.
   */
  default OptionalLong bytesReceived() {
    return OptionalLong.empty();
  }

  /**
   * Returns what is known of the stream; the size, decoder and sleep may change while it is read.
   * Still answers after closing.
   */
  StreamInfo stream();

  /**
   * Makes a read that waits fail within a second, and frees what the reader holds. Does not wait
   * for a handler: a frame that is lent stays until its handler returns. Closing again does
   * nothing.
   */
  @Override
  void close();
}
