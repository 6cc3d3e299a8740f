package io.videoml.kvs.fragment;

import java.nio.ByteBuffer;

/** What every element begins with: its id and its size. Reused, since each frame has one. */
final class ElementHeader {
  /** The most bytes it takes: four of id, eight of size. */
  private static final int MAX_LENGTH = 12;

  /** The size of an element that ends where another begins. */
  static final long UNKNOWN = -1;

  private static final int MAX_ID_LENGTH = 4;

  private int id;
  private long size;
  private int length;

  /** The beginning of a header that came in several pieces. */
  private final ByteBuffer split = ByteBuffer.allocate(MAX_LENGTH);

  int id() {
    return id;
  }

  /** Returns how many bytes follow, or {@link #UNKNOWN}. */
  long size() {
    return size;
  }

  /** Returns how many bytes the header itself took. */
  int length() {
    return length;
  }

  /**
   * Takes a header, whose first bytes may have come in an earlier piece.
   *
   * @param base where in the stream the buffer's index 0 is
   * @return false if it goes on in the next piece; all of this one was taken then
   */
  boolean take(ByteBuffer in, long base) {
    int at = in.position();
    if (split.position() == 0 && parse(in, at, in.limit(), base + at)) {
      in.position(at + length);
      return true;
    }
    while (in.hasRemaining()) {
      split.put(in.get());
      int have = split.position();
      if (parse(split, 0, have, base + in.position() - have)) {
        split.clear();
        return true;
      }
    }
    return false;
  }

  /** Returns whether a header has come in part. */
  boolean begun() {
    return split.position() > 0;
  }

  /**
   * Reads a header.
   *
   * @param offset where in the stream it begins, for errors
   * @return false if it goes on beyond the limit
   */
  boolean parse(ByteBuffer in, int at, int limit, long offset) {
    if (at >= limit) {
      return false;
    }
    int first = in.get(at) & 0xFF;
    int idLength = vintLength(first);
    if (idLength > MAX_ID_LENGTH) {
      throw new FragmentException(
          offset, "no element begins with byte 0x%02X; is this Matroska?".formatted(first));
    }
    if (at + idLength >= limit) {
      return false;
    }
    int value = first;
    for (int i = 1; i < idLength; i++) {
      value = (value << 8) | (in.get(at + i) & 0xFF);
    }
    int sizeAt = at + idLength;
    int sizeFirst = in.get(sizeAt) & 0xFF;
    int sizeLength = vintLength(sizeFirst);
    if (sizeLength > 8) {
      throw new FragmentException(
          offset, "the size of " + Ids.name(value) + " takes more than 8 bytes");
    }
    if (sizeAt + sizeLength > limit) {
      return false;
    }
    id = value;
    size = vint(in, sizeAt, sizeLength);
    if (size == (1L << (7 * sizeLength)) - 1) {
      size = UNKNOWN;
    }
    length = idLength + sizeLength;
    return true;
  }

  /** Returns how many bytes a number takes that begins with this one; 9 where none begins so. */
  static int vintLength(int firstByte) {
    return Integer.numberOfLeadingZeros(firstByte) - 23;
  }

  /** Returns the number at a place, without the bit that marks its length. */
  static long vint(ByteBuffer in, int at, int length) {
    long value = in.get(at) & (0xFF >> length);
    for (int i = 1; i < length; i++) {
      value = (value << 8) | (in.get(at + i) & 0xFF);
    }
    return value;
  }
}
