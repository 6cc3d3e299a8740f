package io.videoml.kvs.mux;

/**
 * Reads the bits of a NAL unit, without the bytes that keep start codes out of it. Beyond the end
 * come zeros: whoever reads damaged data looks at {@link #overrun()} when done.
 */
final class BitReader {
  private final byte[] bytes;
  private final int length;
  private int bit;

  /**
   * @param from where to begin in the unit, as behind its header
   */
  BitReader(byte[] unit, int from) {
    bytes = new byte[Math.max(unit.length - from, 0)];
    int to = 0;
    int zeros = 0;
    for (int i = from; i < unit.length; i++) {
      if (zeros >= 2 && unit[i] == 3) {
        zeros = 0;
        continue;
      }
      zeros = unit[i] == 0 ? zeros + 1 : 0;
      bytes[to++] = unit[i];
    }
    length = to * 8;
  }

  boolean overrun() {
    return bit > length;
  }

  void skip(int bits) {
    bit += bits;
  }

  boolean flag() {
    return bits(1) == 1;
  }

  /**
   * @param count at most 32
   */
  int bits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++, bit++) {
      int next = bit < length ? bytes[bit >> 3] >> (7 - (bit & 7)) & 1 : 0;
      value = value << 1 | next;
    }
    return value;
  }

  /** Reads an Exp-Golomb number; one that is too long counts as beyond the end. */
  int unsigned() {
    int zeros = 0;
    while (bit < length && zeros < 32 && bits(1) == 0) {
      zeros++;
    }
    if (zeros > 30 || bit >= length) {
      bit = length + 1;
      return 0;
    }
    return (1 << zeros) - 1 + bits(zeros);
  }

  void skipSigned() {
    unsigned();
  }

  int signed() {
    int code = unsigned();
    return (code & 1) == 1 ? (code + 1) / 2 : -(code / 2);
  }
}
