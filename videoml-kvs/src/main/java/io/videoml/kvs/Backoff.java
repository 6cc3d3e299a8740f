package io.videoml.kvs;

import java.time.Duration;

/**
 * How long to wait before the next session: uniform within 0 and a bound that doubles with each
 * failure in a row, so that readers that failed together do not come back together.
 */
final class Backoff {
  private static final long BASE = Duration.ofMillis(200).toNanos();
  private static final long FLOOR = BASE; // five requests a second are allowed for a stream
  private static final long CAP = Duration.ofSeconds(30).toNanos();
  private static final long LIMITED = Duration.ofSeconds(1).toNanos();
  private static final long IDLE_CAP = Duration.ofSeconds(2).toNanos();

  private final Pace pace;
  private int failures;
  private int idleEnds;

  Backoff(Pace pace) {
    this.pace = pace;
  }

  /** Returns the delay after a failure, in nanoseconds. */
  long failure() {
    return within(CAP, failures++);
  }

  /** Returns the delay after the service said that it is asked too often: a second at least. */
  long limited() {
    return LIMITED + failure();
  }

  /**
   * Returns the delay after a session that ended as sessions do; those that brought nothing come
   * from a stream without a producer, and must not be asked for too often. Those that brought
   * little may be many as well.
   */
  long end(boolean brought) {
    idleEnds = brought ? 0 : idleEnds + 1;
    return FLOOR + within(IDLE_CAP - FLOOR, idleEnds);
  }

  /** Forgets the failures: a fragment came. */
  void reset() {
    failures = 0;
    idleEnds = 0;
  }

  private long within(long cap, int times) {
    return (long) (Math.min(cap, BASE << Math.min(times, 20)) * pace.chance());
  }
}
