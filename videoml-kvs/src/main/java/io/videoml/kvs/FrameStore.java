package io.videoml.kvs;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Memory for frames that wait. Frames lie one after another in blocks, which are used again when
 * all frames of one are gone.
 *
 * <p>Threading: one thread.
 */
final class FrameStore {
  private static final int BLOCK = 256 << 10;
  private static final int MOST_FREE = 16;

  private final ArrayDeque<Block> free = new ArrayDeque<>();
  private Block current = new Block(BLOCK);

  /** Copies a frame. */
  Stored put(ByteBuffer data) {
    int size = data.remaining();
    Block block = current;
    if (size > BLOCK) {
      block = new Block(size);
    } else if (size > BLOCK - block.used) {
      retire(block);
      block = free.isEmpty() ? new Block(BLOCK) : free.pop();
      current = block;
    }
    int offset = block.used;
    data.get(block.bytes, offset, size);
    block.used += size;
    block.frames++;
    return new Stored(this, block, offset, size);
  }

  private void release(Block block) {
    block.frames--;
    if (block.frames > 0) {
      return;
    }
    if (block == current) {
      block.used = 0;
    } else if (block.bytes.length == BLOCK && free.size() < MOST_FREE) {
      block.used = 0;
      free.push(block);
    }
  }

  private void retire(Block block) {
    if (block.frames == 0 && free.size() < MOST_FREE) {
      block.used = 0;
      free.push(block);
    }
  }

  private static final class Block {
    private final byte[] bytes;
    private int used;
    private int frames;

    Block(int size) {
      bytes = new byte[size];
    }
  }

  /** A frame in memory. */
  static final class Stored {
    private final FrameStore store;
    private final Block block;
    private final int offset;
    private final int size;
    private boolean released;

    private Stored(FrameStore store, Block block, int offset, int size) {
      this.store = store;
      this.block = block;
      this.offset = offset;
      this.size = size;
    }

    int size() {
      return size;
    }

    /** Returns a new read-only view; what it shows after the release is undefined. */
    ByteBuffer view() {
      return ByteBuffer.wrap(block.bytes, offset, size).slice().asReadOnlyBuffer();
    }

    /** Gives the memory back; again does nothing. */
    void release() {
      if (!released) {
        released = true;
        store.release(block);
      }
    }
  }
}
