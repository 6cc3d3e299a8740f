package io.videoml.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

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
  private final @Nullable Origin[] origins = new @Nullable Origin[REMEMBERED];
  private final Id number = new Id(0);
  private long last;

  /** Numbers the packet that was just taken from a queue. */
  long stamp(AVPacket packet, PacketQueue from, boolean key) {
    last++;
    int slot = (int) (last % REMEMBERED);
    captured[slot] = from.capturedMicros();
    nanos[slot] = from.arrivalNanos();
    keys[slot] = key;
    origins[slot] = from.origin();
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

  /** Returns what somebody else said of the packet; null where FFmpeg read it. */
  @Nullable Origin origin(long sequence) {
    return known(sequence) ? origins[(int) (sequence % REMEMBERED)] : null;
  }

  private boolean known(long sequence) {
    return sequence > 0 && sequence > last - REMEMBERED;
  }
}
