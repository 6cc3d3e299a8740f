package io.videoml.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Remembers when the packet of each picture was read; the decoder carries its number along. */
final class Arrivals {
  // More than any decoder holds back, threads included.
  private static final int REMEMBERED = 256;

  private final long[] nanos = new long[REMEMBERED];
  private final Id number = new Id(0);
  private long last;

  /** Numbers a packet that was read at a time. */
  long stamp(AVPacket packet, long readNanos) {
    last++;
    nanos[(int) (last % REMEMBERED)] = readNanos;
    number.set(last);
    packet.opaque(number);
    return last;
  }

  /** Returns when the packet with this number was read. */
  long nanos(long sequence) {
    boolean known = sequence > 0 && sequence > last - REMEMBERED;
    return known ? nanos[(int) (sequence % REMEMBERED)] : System.nanoTime();
  }
}
