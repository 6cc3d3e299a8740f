package io.videoml.packet;

import io.videoml.source.SourceException;
import java.util.OptionalLong;

/**
 * Reads the packets of one open video stream, in the order of storage, which is the order of
 * decoding; the first is a key frame's.
 *
 * <p>Threading: one thread reads; everything else may be called from any other, also while it
 * reads.
 */
public interface PacketReader extends AutoCloseable {

  /**
   * Lends the next packet to the handler, waiting for it as long as the source's read timeout
   * allows.
   *
   * @return false at the end of the stream, when the handler was not called
   * @throws SourceException if the stream fails, stalls, or was closed, even from another thread;
   *     an exception of the handler's passes through
   */
  boolean tryAdvance(PacketHandler handler);

  /** Returns the format of the next packet, as far as is known; still answers after closing. */
  EncodedFormat format();

  /**
   * Returns how many bytes of the stream came so far, whether or not packets came of them; empty
   * where the reader cannot tell; still answers after closing.
   */
  default OptionalLong bytesReceived() {
    return OptionalLong.empty();
  }

  /**
   * Makes a read that waits fail within a second, and frees what the reader holds; does not wait
   * for a handler. Closing again does nothing.
   */
  @Override
  void close();
}
