package io.videoml.testkit.kvs.media;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads EBML's elements from a stream, blocking; strict about ids and sizes. */
final class EbmlInput {
  /** What an element may hold at most: the service's largest fragment, and some. */
  static final long LARGEST = 64L << 20;

  static final long UNKNOWN = -1;

  private final InputStream in;
  private final byte[] header = new byte[12];
  private int headerLength;
  private long position;
  private int id;
  private long size;

  EbmlInput(InputStream in) {
    this.in = in;
  }

  long position() {
    return position;
  }

  /** Reads id and size of the next element; false at the end of the stream. */
  boolean next() throws IOException {
    headerLength = 0;
    int first = in.read();
    if (first < 0) {
      return false;
    }
    int idLength = Integer.numberOfLeadingZeros(first << 24) + 1;
    if (idLength > 4) {
      throw invalid("an id must have at most 4 bytes, starts with " + first);
    }
    take(first);
    for (int i = 1; i < idLength; i++) {
      take(byteOrEnd());
    }
    id = (int) number(0, idLength);
    int sizeFirst = byteOrEnd();
    int sizeLength = Integer.numberOfLeadingZeros(sizeFirst << 24) + 1;
    if (sizeLength > 8) {
      throw invalid("a size must have at most 8 bytes");
    }
    take(sizeFirst);
    for (int i = 1; i < sizeLength; i++) {
      take(byteOrEnd());
    }
    long mask = (1L << (7 * sizeLength)) - 1;
    long value = number(idLength, sizeLength) & mask;
    size = value == mask ? UNKNOWN : value;
    return true;
  }

  int id() {
    return id;
  }

  long size() {
    return size;
  }

  /** Returns how many bytes id and size took. */
  int headerLength() {
    return headerLength;
  }

  byte[] header() {
    return Arrays.copyOf(header, headerLength);
  }

  /** Reads the rest of the element; returns it whole, with id and size. */
  byte[] whole() throws IOException {
    if (size == UNKNOWN) {
      throw invalid("element %x must have a size".formatted(id));
    }
    if (size > LARGEST) {
      throw invalid("element %x of %d bytes is too large".formatted(id, size));
    }
    byte[] all = Arrays.copyOf(header, headerLength + (int) size);
    int read = in.readNBytes(all, headerLength, (int) size);
    position += read;
    if (read < size) {
      throw new EOFException("the stream ends within element %x".formatted(id));
    }
    return all;
  }

  InvalidMediaException invalid(String what) {
    return new InvalidMediaException(what, position);
  }

  private int byteOrEnd() throws IOException {
    int value = in.read();
    if (value < 0) {
      throw new EOFException("the stream ends within an element's header");
    }
    return value;
  }

  private void take(int value) {
    header[headerLength++] = (byte) value;
    position++;
  }

  private long number(int from, int length) {
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = value << 8 | (header[from + i] & 0xFF);
    }
    return value;
  }
}
