package io.videoml.kvs.fragment;

import java.nio.ByteBuffer;

/**
 * One frame of a fragment, lent until the handler returns; the reader reuses the object and the
 * memory.
 *
 * <p>Threading: for the thread that feeds the reader.
 */
public interface KvsFrame {

  /** Returns the track that it belongs to. */
  KvsTrack track();

  /** Returns its place among the frames of its fragment, all tracks together, from 0. */
  int index();

  /**
   * Returns its time by the producer's timecodes, nanoseconds: those of the cluster and the block
   * added, and the track's default duration for each frame that was laced before it. What it counts
   * from is the producer's choice; negative where a block is earlier than a cluster at 0.
   */
  long timecodeNanos();

  /** Returns whether the container says that decoding can start here. */
  boolean keyFrame();

  /** Returns how many bytes it has; 0 where the producer wrote an empty block. */
  default int size() {
    return data().remaining();
  }

  /**
   * Returns its bytes, read-only, from position to limit; each call gives a new view. A frame that
   * was fed in one piece is a view of that piece, one that was fed in several was copied once.
   */
  ByteBuffer data();
}
