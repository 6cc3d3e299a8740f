package io.videoml.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * Remembers of the packet of each picture when it was read, when its picture was taken, and whether
 * it was a key frame's; the decoder carries its number along.
 */
final class SentPackets {
  // More than any decoder holds back, threads included.
  private static final int REMEMBERED = 256;

  private final long[] nanos = new long[REMEMBERED];
  private final long[] captured = new long[REMEMBERED];
  private final boolean[] keys = new boolean[REMEMBERED];
  private final Id number = new Id(0);
  private long last;

  /** Numbers a packet that was read at a time, and whose picture was taken at another. */
  long stamp(AVPacket packet, long readNanos, long capturedMicros, boolean key) {
    last++;
    captured[(int) (last % REMEMBERED)] = capturedMicros;
    nanos[(int) (last % REMEMBERED)] = readNanos;
    keys[(int) (last % REMEMBERED)] = key;
    number.set(last);
    packet.opaque(number);
    return last;
  }

  /** Returns when the packet with this number was read. */
  long readNanos(long sequence) {
    return known(sequence) ? nanos[(int) (sequence % REMEMBERED)] : System.nanoTime();
  }

  /** Returns when the picture of the packet with this number was taken, as far as is known. */
  long capturedMicros(long sequence) {
    return known(sequence) ? captured[(int) (sequence % REMEMBERED)] : SenderTime.UNKNOWN;
  }

  /** Returns whether the container called it a key frame's. */
  boolean key(long sequence) {
    return known(sequence) && keys[(int) (sequence % REMEMBERED)];
  }

  private boolean known(long sequence) {
    return sequence > 0 && sequence > last - REMEMBERED;
  }
}
