package io.videoml.kvs;

import java.nio.ByteBuffer;

/**
 * What came of a session.
 *
 * @param what it is
 * @param bytes taken by whoever received it; empty but for data
 * @param arrivalNanos when they came, by the session's clock
 */
record MediaChunk(What what, ByteBuffer bytes, long arrivalNanos) {
  /** The session ended, as sessions do. */
  static final MediaChunk END = new MediaChunk(What.END, ByteBuffer.allocate(0), 0);

  /** Nothing came in time. */
  static final MediaChunk NOTHING = new MediaChunk(What.NOTHING, ByteBuffer.allocate(0), 0);

  /** What can come. */
  enum What {
    DATA,
    END,
    NOTHING
  }

  static MediaChunk of(ByteBuffer bytes, long arrivalNanos) {
    return new MediaChunk(What.DATA, bytes, arrivalNanos);
  }
}
