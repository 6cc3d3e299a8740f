package io.videoml.kvs;

import io.videoml.frame.CaptureClock;
import io.videoml.kvs.fragment.KvsFragment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When the pictures of a fragment were taken: its time by one of two clocks, and the producer's
 * timecodes from there.
 *
 * @param clock whose time it really is
 * @param base when the cluster began
 * @param clusterNanos the timecode of the cluster
 */
record CaptureTimes(CaptureClock clock, Instant base, long clusterNanos) {
  /** A producer whose clock is before 2001 has none: such clocks start at 1970. */
  private static final Instant CREDIBLE = Instant.ofEpochSecond(1_000_000_000);

  /** Returns a clock that fragments have, as settings may ask for. */
  static CaptureClock checked(CaptureClock whose) {
    if (whose != CaptureClock.KVS_PRODUCER && whose != CaptureClock.KVS_SERVER) {
      throw new IllegalArgumentException(
          "a stream has the clocks KVS_PRODUCER and KVS_SERVER, not " + whose);
    }
    return whose;
  }

  /**
   * Takes the clock that is wanted; the other where that has no time, and the clock of this machine
   * where none has.
   */
  static CaptureTimes of(KvsFragment fragment, CaptureClock wanted, Pace pace) {
    Instant producer = credible(fragment.producerTime());
    Instant server = credible(fragment.serverTime());
    long cluster = fragment.clusterTimecodeNanos();
    if (producer != null && (wanted == CaptureClock.KVS_PRODUCER || server == null)) {
      return new CaptureTimes(CaptureClock.KVS_PRODUCER, producer, cluster);
    }
    return server != null
        ? new CaptureTimes(CaptureClock.KVS_SERVER, server, cluster)
        : new CaptureTimes(CaptureClock.ARRIVAL, pace.now(), cluster);
  }

  /** Returns when the picture with a timecode was taken. */
  Instant at(long timecodeNanos) {
    return clock == CaptureClock.ARRIVAL ? base : base.plusNanos(timecodeNanos - clusterNanos);
  }

  private static @Nullable Instant credible(@Nullable Instant time) {
    return time == null || time.isBefore(CREDIBLE) ? null : time;
  }
}
