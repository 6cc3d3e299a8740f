package io.videoml.kvs.fragment;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The block that is being read, and the frame of it that is being lent. One object serves all
 * frames of a reader, so that a frame costs no garbage before its data is asked for.
 */
final class Block implements KvsFrame {
  private static final int KEY_FRAME = 0x80;
  private static final int LACING = 0x06;
  private static final int XIPH = 0x02;
  private static final int FIXED = 0x04;
  private static final int MAX_FRAMES = 256;

  private final int[] sizes = new int[MAX_FRAMES];
  private @Nullable ByteBuffer in;
  private @Nullable ByteBuffer readOnly;
  private long base;
  private int at;
  private int end;
  private int count;

  private @Nullable KvsTrack track;
  private long time;
  private int flags;
  private boolean key;

  private int frameAt;
  private int frameSize;
  private int index;
  private long timecodeNanos;

  /** Forgets the memory that frames lie in. */
  void forget() {
    in = null;
    readOnly = null;
  }

  /**
   * Reads a block's header.
   *
   * @param base where in the stream the buffer's index 0 is
   */
  @SuppressWarnings("ReferenceEquality") // The same memory is meant, not the same bytes.
  void read(ByteBuffer buffer, int from, int to, long base, List<KvsTrack> tracks) {
    if (buffer != in) {
      in = buffer;
      readOnly = null;
    }
    this.base = base;
    at = from;
    end = to;
    track = track(vint(), tracks);
    time = (short) ((byteAt() << 8) | byteAt());
    flags = byteAt();
    key = (flags & KEY_FRAME) != 0;
    if ((flags & LACING) == 0) {
      count = 1;
      sizes[0] = end - at;
    } else {
      unlace();
    }
  }

  /** Overrules what the block says of itself, since one in a group does not say it. */
  void keyFrame(boolean isKey) {
    key = isKey;
  }

  /** Returns how many frames are laced together, as a rule one. */
  int count() {
    return count;
  }

  /** Returns the block's time, in units of the document, from that of the cluster. */
  long time() {
    return time;
  }

  /**
   * Lends the frame of this place in the block; in turn, from 0.
   *
   * @param blockNanos the time of the block
   */
  KvsFrame frame(int place, int indexInFragment, long blockNanos) {
    if (place == 0) {
      frameAt = at;
    } else {
      frameAt += frameSize;
    }
    frameSize = sizes[place];
    index = indexInFragment;
    // Only the first of laced frames has a time of its own.
    timecodeNanos = blockNanos + place * track().defaultDurationNanos();
    return this;
  }

  @Override
  public KvsTrack track() {
    return requireNonNull(track, "no frame is lent");
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public long timecodeNanos() {
    return timecodeNanos;
  }

  @Override
  public boolean keyFrame() {
    return key;
  }

  @Override
  public int size() {
    return frameSize;
  }

  @Override
  public ByteBuffer data() {
    ByteBuffer view = readOnly;
    if (view == null) {
      view = requireNonNull(in, "the frame was lent until the handler returned").asReadOnlyBuffer();
      readOnly = view;
    }
    return view.slice(frameAt, frameSize);
  }

  private KvsTrack track(long number, List<KvsTrack> tracks) {
    for (int i = 0; i < tracks.size(); i++) {
      if (tracks.get(i).number() == number) {
        return tracks.get(i);
      }
    }
    throw fail("a block is of track " + number + ", which Tracks does not have");
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
    return requireNonNull(in).get(at++) & 0xFF;
  }

  private long vint() {
    int length = at == end ? 9 : ElementHeader.vintLength(requireNonNull(in).get(at) & 0xFF);
    if (length > 8 || length > end - at) {
      throw fail("a block ends within its header");
    }
    long value = ElementHeader.vint(requireNonNull(in), at, length);
    at += length;
    return value;
  }

  private FragmentException fail(String what) {
    return new FragmentException(base + at, what);
  }
}
