package io.videoml.kvs;

import static java.util.Objects.requireNonNull;

import io.videoml.frame.CaptureClock;
import java.io.Serializable;
import java.time.Instant;

/**
 * A part of what a stream's archive keeps.
 *
 * <p>Threading: immutable.
 *
 * @param clock whose times count, {@code KVS_PRODUCER} or {@code KVS_SERVER}
 * @param from when the first fragment began at the earliest, to the millisecond
 * @param to when the last fragment began at the latest, to the millisecond
 */
public record KvsRange(CaptureClock clock, Instant from, Instant to) implements Serializable {

  /**
   * @throws IllegalArgumentException if it is of another clock, or ends before it begins
   */
  public KvsRange {
    requireNonNull(clock, "clock");
    requireNonNull(from, "from");
    requireNonNull(to, "to");
    if (clock != CaptureClock.KVS_PRODUCER && clock != CaptureClock.KVS_SERVER) {
      throw new IllegalArgumentException(
          "a stream has the clocks KVS_PRODUCER and KVS_SERVER, not " + clock);
    }
    if (to.isBefore(from)) {
      throw new IllegalArgumentException(
          "a range must not end before it begins, was " + from + " to " + to);
    }
  }

  /** Returns what the producer began within these times, by its own clock. */
  public static KvsRange producerTime(Instant from, Instant to) {
    return new KvsRange(CaptureClock.KVS_PRODUCER, from, to);
  }

  /** Returns what the service received within these times. */
  public static KvsRange serverTime(Instant from, Instant to) {
    return new KvsRange(CaptureClock.KVS_SERVER, from, to);
  }

  @Override
  public String toString() {
    return from + " to " + to + (clock == CaptureClock.KVS_SERVER ? " (server time)" : "");
  }
}
