package io.videoml.gstreamer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The memory that pictures are copied into, shared by all readers of the process. Idle blocks
 * beyond {@link #MAX_IDLE_BYTES} are left to the garbage collector.
 */
final class PixelPool {
  /** What is kept for later: about forty pictures of 1080p. */
  static final int MAX_IDLE_BYTES = 128 << 20;

  private static final Deque<PixelBlock> IDLE = new ArrayDeque<>();
  private static final AtomicInteger LENT = new AtomicInteger();
  private static long idleBytes;

  private PixelPool() {}

  /** Returns a block with one holder, the caller. */
  static PixelBlock take(int bytes) {
    PixelBlock block = takeIdle(bytes);
    if (block == null) {
      try {
        block = new PixelBlock(bytes);
      } catch (OutOfMemoryError e) {
        forgetIdle(); // blocks of other sizes stand in the way
        block = new PixelBlock(bytes);
      }
    }
    block.retain();
    LENT.incrementAndGet();
    return block;
  }

  /** Gives up one hold on a block. */
  static void release(PixelBlock block) {
    if (block.release()) {
      LENT.decrementAndGet();
      keep(block);
    }
  }

  /** Returns how many blocks are held. */
  static int lent() {
    return LENT.get();
  }

  static synchronized long idleBytes() {
    return idleBytes;
  }

  private static synchronized void keep(PixelBlock block) {
    IDLE.addLast(block);
    idleBytes += block.bytes();
    while (idleBytes > MAX_IDLE_BYTES) {
      idleBytes -= IDLE.removeFirst().bytes();
    }
  }

  private static synchronized @Nullable PixelBlock takeIdle(int bytes) {
    // The youngest first: its pixels may still be in the cache.
    for (Iterator<PixelBlock> blocks = IDLE.descendingIterator(); blocks.hasNext(); ) {
      PixelBlock block = blocks.next();
      if (block.bytes() == bytes) {
        blocks.remove();
        idleBytes -= bytes;
        return block;
      }
    }
    return null;
  }

  private static synchronized void forgetIdle() {
    IDLE.clear();
    idleBytes = 0;
  }
}
