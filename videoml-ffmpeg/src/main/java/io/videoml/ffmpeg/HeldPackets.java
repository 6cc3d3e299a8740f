package io.videoml.ffmpeg;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * Compressed packets in the order of the stream, from a key frame on, that are decoded later or
 * never.
 */
final class HeldPackets implements AutoCloseable {
  /** The most that any stream held at once; for tests. */
  static final AtomicLong MOST_BYTES = new AtomicLong();

  private final Deque<HeldPacket> packets = new ArrayDeque<>();
  private long bytes;
  private boolean firstDelivered;

  /** Holds the packet that was just taken from a queue. */
  void add(AVPacket packet, PacketQueue from) {
    HeldPacket held = HeldPacket.of(packet, from);
    packets.add(held);
    bytes += held.bytes();
    MOST_BYTES.accumulateAndGet(bytes, Math::max);
  }

  /** Returns the first; null where there is none. */
  @Nullable HeldPacket peek() {
    return packets.peek();
  }

  /** Returns the last; null where there is none. */
  @Nullable HeldPacket last() {
    return packets.peekLast();
  }

  /** Hands over the first. */
  HeldPacket remove() {
    HeldPacket first = packets.remove();
    bytes -= first.bytes();
    firstDelivered = false;
    return first;
  }

  boolean isEmpty() {
    return packets.isEmpty();
  }

  long bytes() {
    return bytes;
  }

  /** Returns whether there are packets whose frames did not go out. */
  boolean hasUndelivered() {
    return packets.size() > (firstDelivered ? 1 : 0);
  }

  /** Returns whether the first packet's frame went out already. */
  boolean firstDelivered() {
    return firstDelivered;
  }

  /** Takes over what another holds, behind what is here. */
  void takeAll(HeldPackets other) {
    firstDelivered = isEmpty() ? other.firstDelivered : firstDelivered;
    packets.addAll(other.packets);
    bytes += other.bytes;
    other.packets.clear();
    other.bytes = 0;
    other.firstDelivered = false;
  }

  /**
   * Passes over what comes before a key frame, in storage or on screen, so that it is the first;
   * its own frame goes out now.
   */
  void beginAt(HeldPacket keyFrame, LongConsumer passOver) {
    while (packets.element() != keyFrame) {
      passOverFirst(passOver);
    }
    firstDelivered = true;
    for (Iterator<HeldPacket> all = packets.iterator(); all.hasNext(); ) {
      HeldPacket held = all.next();
      if (held != keyFrame && held.ticks() < keyFrame.ticks()) {
        passOver.accept(held.ticks());
        bytes -= held.bytes();
        all.remove();
        held.close();
      }
    }
  }

  /** Passes over all. */
  void passOverAll(LongConsumer passOver) {
    while (!packets.isEmpty()) {
      passOverFirst(passOver);
    }
  }

  private void passOverFirst(LongConsumer passOver) {
    boolean delivered = firstDelivered;
    try (HeldPacket first = remove()) {
      if (!delivered) {
        passOver.accept(first.ticks());
      }
    }
  }

  @Override
  public void close() {
    passOverAll(ticks -> {});
  }
}
