package io.videoml.testkit.kvs.media;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Takes blocks apart: track, time, flags, and the frames of a lace (RFC 9559, section 10). */
final class Blocks {
  private Blocks() {}

  static List<StoredFrame> simple(
      ByteBuffer content, long clusterTime, double millisPerTick, long position)
      throws InvalidMediaException {
    return frames(content, clusterTime, millisPerTick, /* keyFrame= */ null, position);
  }

  static List<StoredFrame> group(
      ByteBuffer content, long clusterTime, double millisPerTick, long position)
      throws InvalidMediaException {
    List<Child> children = Child.of(content, position);
    boolean key = children.stream().noneMatch(child -> child.id() == Ids.REFERENCE_BLOCK);
    for (Child child : children) {
      if (child.id() == Ids.BLOCK) {
        return frames(child.content(), clusterTime, millisPerTick, key, position);
      }
    }
    throw new InvalidMediaException("a block group without a block", position);
  }

  private static List<StoredFrame> frames(
      ByteBuffer block,
      long clusterTime,
      double millisPerTick,
      @org.jspecify.annotations.Nullable Boolean keyFrame,
      long position)
      throws InvalidMediaException {
    ByteBuffer in = block.slice();
    if (in.remaining() < 4) {
      throw new InvalidMediaException("a block has at least 4 bytes", position);
    }
    int track = (int) vint(in, position);
    if (in.remaining() < 3) {
      throw new InvalidMediaException("a block ends in its header", position);
    }
    long time = Math.round((clusterTime + in.getShort()) * millisPerTick);
    int flags = in.get();
    boolean key = keyFrame != null ? keyFrame : (flags & 0x80) != 0;
    List<StoredFrame> frames = new ArrayList<>();
    for (int size : sizes(in, (flags >> 1) & 3, position)) {
      if (size < 0 || size > in.remaining()) {
        throw new InvalidMediaException("a lace is longer than its block", position);
      }
      frames.add(new StoredFrame(track, time, key, in.slice().limit(size)));
      in.position(in.position() + size);
    }
    return frames;
  }

  private static int[] sizes(ByteBuffer in, int lacing, long position)
      throws InvalidMediaException {
    if (lacing == 0) {
      return new int[] {in.remaining()};
    }
    int[] sizes = new int[1 + byteOf(in, position)];
    int last = sizes.length - 1;
    long sum = 0;
    if (lacing == 2) {
      java.util.Arrays.fill(sizes, in.remaining() / sizes.length);
      return sizes;
    }
    for (int i = 0; i < last; i++) {
      if (lacing == 1) {
        int more;
        do {
          more = byteOf(in, position);
          sizes[i] += more;
        } while (more == 255);
      } else if (i == 0) {
        sizes[0] = (int) vint(in, position);
      } else {
        int start = in.position();
        long raw = vint(in, position);
        long bias = (1L << (7 * (in.position() - start) - 1)) - 1;
        sizes[i] = (int) (sizes[i - 1] + raw - bias);
      }
      sum += sizes[i];
    }
    sizes[last] = (int) (in.remaining() - sum);
    return sizes;
  }

  private static int byteOf(ByteBuffer in, long position) throws InvalidMediaException {
    if (!in.hasRemaining()) {
      throw new InvalidMediaException("a block ends in its lacing", position);
    }
    return in.get() & 0xFF;
  }

  private static long vint(ByteBuffer in, long position) throws InvalidMediaException {
    int first = byteOf(in, position);
    int length = Integer.numberOfLeadingZeros(first << 24) + 1;
    if (length > 8) {
      throw new InvalidMediaException("a number in a block is too long", position);
    }
    long value = first & ((1 << (8 - length)) - 1);
    for (int i = 1; i < length; i++) {
      value = value << 8 | byteOf(in, position);
    }
    return value;
  }
}
