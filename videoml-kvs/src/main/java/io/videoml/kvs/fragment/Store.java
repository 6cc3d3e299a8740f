package io.videoml.kvs.fragment;

import java.nio.ByteBuffer;

/**
 * Holds an element that came in several pieces. The memory is used again; it grows with what came,
 * not with what an element claims, and what one huge frame took is given back.
 */
final class Store {
  private static final int FIRST = 16 << 10;

  /** What may be kept however small the elements are. */
  private static final int KEPT = 1 << 20;

  /** After so many elements that did not need the half of it, memory is given back. */
  private static final int PATIENCE = 64;

  private ByteBuffer memory = ByteBuffer.allocate(0);
  private int unneeded;

  /** Begins with an element. */
  void begin() {
    memory.clear();
  }

  /** Takes what belongs to the element, and returns whether it is whole now. */
  boolean take(ByteBuffer in, int size) {
    int have = memory.position();
    int count = Math.min(in.remaining(), size - have);
    if (have + count > memory.capacity()) {
      grow(have, have + count, size);
    }
    memory.put(have, in, in.position(), count);
    memory.position(have + count);
    in.position(in.position() + count);
    return have + count == size;
  }

  /** Returns the memory that the whole element is in, from its start; until the next begins. */
  ByteBuffer whole() {
    ByteBuffer whole = memory;
    boolean needed = memory.position() > memory.capacity() / 2;
    unneeded = needed || memory.capacity() <= KEPT ? 0 : unneeded + 1;
    if (unneeded == PATIENCE) {
      memory = ByteBuffer.allocate(0);
      unneeded = 0;
    }
    return whole;
  }

  private void grow(int have, int needed, int size) {
    int doubled = (int) Math.min(Math.max(2L * memory.capacity(), FIRST), size);
    ByteBuffer larger = ByteBuffer.allocate(Math.max(needed, doubled));
    larger.put(0, memory, 0, have);
    memory = larger;
  }
}
