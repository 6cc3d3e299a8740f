package io.videoml.kvs.mux;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The NAL units of a packet with start codes. Reused from packet to packet: it keeps a copy of the
 * packet, since start codes are found many times faster in an array.
 */
final class NalUnits {
  private byte[] bytes = new byte[0];
  private int[] bounds = new int[32];
  private int count;

  /** Splits; bytes before the first start code belong to no unit. */
  void split(ByteBuffer packet) {
    int length = packet.remaining();
    if (bytes.length < length) {
      bytes = new byte[length + length / 4];
    }
    packet.duplicate().get(bytes, 0, length);
    count = 0;
    int begin = -1;
    int i = 2;
    while (i < length) {
      if (bytes[i] > 1 || bytes[i] < 0) {
        i += 3; // no start code ends here, nor within the next two
      } else if (bytes[i] == 1 && bytes[i - 1] == 0 && bytes[i - 2] == 0) {
        add(begin, i - 2);
        begin = i + 1;
        i += 3;
      } else {
        i++;
      }
    }
    add(begin, length);
  }

  int count() {
    return count;
  }

  /** Returns the first byte of a unit, which says its type. */
  int header(int index) {
    return bytes[bounds[2 * index]] & 0xFF;
  }

  byte[] copy(int index) {
    return Arrays.copyOfRange(bytes, bounds[2 * index], bounds[2 * index + 1]);
  }

  /** Returns how long they are with a length of four bytes before each. */
  int prefixedLength() {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += 4 + bounds[2 * i + 1] - bounds[2 * i];
    }
    return sum;
  }

  void writePrefixed(ByteBuffer to) {
    for (int i = 0; i < count; i++) {
      int from = bounds[2 * i];
      int length = bounds[2 * i + 1] - from;
      to.putInt(length).put(bytes, from, length);
    }
  }

  private void add(int begin, int limit) {
    int end = limit;
    while (end > begin && begin >= 0 && bytes[end - 1] == 0) {
      end--; // of a longer start code, or padding
    }
    if (begin < 0 || end == begin) {
      return;
    }
    if (2 * count == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * bounds.length);
    }
    bounds[2 * count] = begin;
    bounds[2 * count + 1] = end;
    count++;
  }
}
