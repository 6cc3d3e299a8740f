package io.videoml.kvs;

import io.videoml.kvs.Counters.Count;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Packets that wait to be read, in order: with decoding times, from a key frame on, and marked
 * where something before them is missing or was shown already.
 *
 * <p>Threading: one thread.
 */
final class PacketOutput {
  /** Whole fragments without a key frame after which it is believed that the stream marks none. */
  private static final int UNMARKED = 2;

  private final Optional<Place> from;
  private final Counters counters;
  private final ArrayDeque<StoredPacket> ready = new ArrayDeque<>();
  private final DecodeTimes times;
  private boolean keyNeeded = true;
  private boolean broken;
  private boolean anyKey;
  private int withoutKey;
  private long latest = Long.MIN_VALUE;

  PacketOutput(KvsDelivery delivery, Optional<Place> from, Counters counters) {
    this.from = from;
    this.counters = counters;
    // Two is the depth of B-frames that refer to B-frames, the most in common use.
    this.times = new DecodeTimes(/* guess= */ delivery == KvsDelivery.FRAGMENT ? 0 : 2);
  }

  /** Returns the next packet, and keeps it; null where there is none. */
  @Nullable StoredPacket peek() {
    return ready.peek();
  }

  /** Returns the next packet; null where there is none. */
  @Nullable StoredPacket poll() {
    return ready.poll();
  }

  /** Something is missing before the next packet. */
  void gap() {
    broken = true;
    keyNeeded = true;
  }

  /** A fragment begins, with a picture of this time. */
  void begin(long pts) {
    if (pts <= latest) { // the producer started anew
      gap();
      times.reset();
      latest = Long.MIN_VALUE;
    }
  }

  /** Looks at what is added next. */
  void learn(List<StoredPacket> upcoming) {
    for (StoredPacket packet : upcoming) {
      packet.format.frameRate().ifPresent(rate -> times.every(Math.round(1e9 / rate)));
    }
    times.learn(upcoming.stream().mapToLong(packet -> packet.pts));
  }

  /** A fragment is complete. */
  void completed() {
    withoutKey = anyKey ? 0 : withoutKey + 1;
  }

  /**
   * Adds a packet.
   *
   * @param first whether it is the first of its fragment
   */
  void add(StoredPacket packet, boolean first) {
    counters.add(Count.FRAMES, 1);
    anyKey |= packet.keyFrame;
    boolean key = packet.keyFrame || (first && withoutKey >= UNMARKED);
    if (keyNeeded && !key) {
      packet.release();
      counters.add(Count.UNDECODABLE, 1);
      return;
    }
    boolean shown = from.isPresent() && from.get().covers(packet.fragment.number(), packet.shown);
    packet.place(times.next(packet.pts), key, broken, shown);
    keyNeeded = false;
    broken = false;
    latest = Math.max(latest, packet.pts);
    ready.add(packet);
  }
}
