package io.videoml.kvs.fragment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Walks over the children of an element that is in memory as a whole. */
final class Cursor {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final ElementHeader header = new ElementHeader();
  private ByteBuffer in = NOTHING;
  private int at;
  private int end;
  private int dataAt;
  private long base;

  /**
   * Begins with the first child.
   *
   * @param base where in the stream the buffer's index 0 is, for errors
   */
  void over(ByteBuffer buffer, int from, int to, long base) {
    this.in = buffer;
    this.at = from;
    this.end = to;
    this.base = base;
  }

  /** Begins with the first child of the other's present child. */
  void into(Cursor parent) {
    over(parent.in, parent.dataAt, parent.at, parent.base);
  }

  /** Steps to the next child; false after the last. */
  boolean next() {
    if (at == end) {
      return false;
    }
    if (!header.parse(in, at, end, base + at)) {
      throw new FragmentException(base + at, "an element's header goes beyond its parent");
    }
    long size = header.size();
    dataAt = at + header.length();
    if (size == ElementHeader.UNKNOWN || size > end - dataAt) {
      throw fail("goes beyond its parent");
    }
    at = dataAt + (int) size;
    return true;
  }

  int id() {
    return header.id();
  }

  /** Returns the index where the present child's data begins. */
  int from() {
    return dataAt;
  }

  /** Returns the index where the present child's data ends. */
  int to() {
    return at;
  }

  /** Returns the present child as a number that a {@code long} holds. */
  long unsigned() {
    return unsigned(in, dataAt, at, base);
  }

  /** Returns the present child as text, without the NUL bytes that pad it. */
  String text() {
    int length = 0;
    while (dataAt + length < at && in.get(dataAt + length) != 0) {
      length++;
    }
    if (length == 0) {
      return "";
    }
    if (in.hasArray()) {
      return new String(in.array(), in.arrayOffset() + dataAt, length, StandardCharsets.UTF_8);
    }
    byte[] bytes = new byte[length];
    in.get(dataAt, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Returns a copy of the present child's data. */
  byte[] bytes() {
    byte[] bytes = new byte[at - dataAt];
    in.get(dataAt, bytes);
    return bytes;
  }

  FragmentException fail(String what) {
    return new FragmentException(base + dataAt, Ids.name(header.id()) + " " + what);
  }

  static long unsigned(ByteBuffer in, int from, int to, long base) {
    long value = 0;
    for (int i = from; i < to; i++) {
      value = (value << 8) | (in.get(i) & 0xFF);
    }
    if (to - from > 8 || value < 0) {
      throw new FragmentException(base + from, "a number is longer than 63 bits");
    }
    return value;
  }
}
