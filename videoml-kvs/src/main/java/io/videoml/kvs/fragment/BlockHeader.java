package io.videoml.kvs.fragment;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads a block's header: whose it is, when, and how long the frames are that it laces together.
 */
final class BlockHeader {
  private static final int LACING = 0x06;
  private static final int XIPH = 0x02;
  private static final int FIXED = 0x04;
  private static final int MAX_FRAMES = 256;

  private final int[] sizes = new int[MAX_FRAMES];
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private ByteBuffer in = NOTHING;
  private long base;
  private int at;
  private int end;
  private int count;
  private long track;
  private int time;
  private int flags;

  /**
   * @param base where in the stream the buffer's index 0 is
   */
  void read(ByteBuffer buffer, int from, int to, long base) {
    in = buffer;
    this.base = base;
    at = from;
    end = to;
    track = vint();
    time = (short) ((byteAt() << 8) | byteAt());
    flags = byteAt();
    if ((flags & LACING) == 0) {
      count = 1;
      sizes[0] = end - at;
    } else {
      unlace();
    }
  }

  /** Forgets the memory that was read. */
  void forget() {
    in = NOTHING;
  }

  long track() {
    return track;
  }

  int time() {
    return time;
  }

  int flags() {
    return flags;
  }

  /** Returns how many frames are laced together, as a rule one. */
  int count() {
    return count;
  }

  /** Returns how long a frame is. */
  int size(int place) {
    return sizes[place];
  }

  /** Returns the index where the first frame begins. */
  int data() {
    return at;
  }

  private void unlace() {
    count = byteAt() + 1;
    switch (flags & LACING) {
      case XIPH -> xiph();
      case FIXED -> {
        if ((end - at) % count != 0) {
          throw fail("%d bytes are not %d frames of one size".formatted(end - at, count));
        }
        Arrays.fill(sizes, 0, count, (end - at) / count);
      }
      default -> differences();
    }
  }

  private void xiph() {
    long total = 0;
    for (int i = 0; i < count - 1; i++) {
      int size = 0;
      int part;
      do {
        part = byteAt();
        size += part;
        if (size > end - at) {
          throw fail("a laced frame of " + size + " bytes or more");
        }
      } while (part == 255);
      sizes[i] = size;
      total += size;
    }
    last(total);
  }

  private void differences() {
    long total = 0;
    long size = 0;
    for (int i = 0; i < count - 1; i++) {
      if (i == 0) {
        size = vint();
      } else {
        int before = at;
        long raw = vint();
        size += raw - ((1L << (7 * (at - before) - 1)) - 1);
      }
      if (size < 0 || size > end - at) {
        throw fail("a laced frame of " + size + " bytes");
      }
      sizes[i] = (int) size;
      total += size;
    }
    last(total);
  }

  private void last(long others) {
    if (others > end - at) {
      throw fail("laced frames are longer than their block");
    }
    sizes[count - 1] = (int) (end - at - others);
  }

  private int byteAt() {
    if (at == end) {
      throw fail("a block ends within its header");
    }
    return in.get(at++) & 0xFF;
  }

  private long vint() {
    int length = at == end ? 9 : ElementHeader.vintLength(in.get(at) & 0xFF);
    if (length > 8 || length > end - at) {
      throw fail("a block ends within its header");
    }
    long value = ElementHeader.vint(in, at, length);
    at += length;
    return value;
  }

  FragmentException fail(String what) {
    return new FragmentException(base + at, what);
  }
}
