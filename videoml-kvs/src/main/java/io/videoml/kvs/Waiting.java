package io.videoml.kvs;

import java.time.Duration;
import java.util.Optional;

/**
 * How long is waited. Only time counts that somebody spends waiting: not that of handlers, however
 * slow. All times are of the {@link Pace}, in nanoseconds.
 *
 * <p>Threading: one thread.
 */
final class Waiting {
  private final Limits limits;
  private long enteredNanos;
  private long bytesNanos;
  private long idleSinceNanos;

  /**
   * How long it may take.
   *
   * @param silence of a session, before another is tried
   * @param patience with sessions that bring nothing, before reading fails
   * @param idle of the stream, before it counts as ended; empty for never
   */
  record Limits(Duration silence, Duration patience, Optional<Duration> idle) {}

  Waiting(Limits limits, long now) {
    this.limits = limits;
    this.bytesNanos = now;
    this.idleSinceNanos = now;
  }

  Limits limits() {
    return limits;
  }

  /** Begins to wait; time before does not count. */
  void enter(long now) {
    enteredNanos = now;
  }

  /** Something came. */
  void bytes(long now) {
    bytesNanos = now;
    idleSinceNanos = now;
  }

  /**
   * A session was agreed to after a silent one. The time before counts as idle, since a fragment of
   * it would come now; but for that, some must be left.
   */
  void answeredAfterSilence(long now) {
    long idle = limits.idle().orElse(Duration.ZERO).toNanos();
    long some = Math.min(idle, limits.silence().toNanos()) / 2;
    idleSinceNanos = Math.max(idleSinceNanos, now - idle + some);
  }

  /** Returns whether nothing came for so long that the stream has ended. */
  boolean idle(long now) {
    return limits.idle().isPresent() && untilIdle(now) <= 0;
  }

  /** Returns whether a read waited for as long as it may. */
  boolean tired(long now) {
    return untilTired(now) <= 0;
  }

  /** Returns how long a session that began at a time may still be silent; may be negative. */
  long untilSilent(long now, long since) {
    long silentSince = Math.max(Math.max(enteredNanos, bytesNanos), since);
    return limits.silence().toNanos() - (now - silentSince);
  }

  /**
   * Returns how long to wait at most, until something is to be decided.
   *
   * @param mayEnd whether the stream may count as ended
   */
  long untilDecided(long now, boolean mayEnd) {
    long left = untilTired(now);
    boolean ends = mayEnd && limits.idle().isPresent();
    return Math.max(1, ends ? Math.min(left, untilIdle(now)) : left);
  }

  /** Returns a time, or that after which a stream counts as ended where that is shorter. */
  long atMostIdle(long nanos) {
    return limits.idle().map(idle -> Math.min(nanos, idle.toNanos())).orElse(nanos);
  }

  private long untilTired(long now) {
    return limits.patience().toNanos() - (now - enteredNanos);
  }

  private long untilIdle(long now) {
    return limits.idle().orElse(Duration.ZERO).toNanos()
        - (now - Math.max(enteredNanos, idleSinceNanos));
  }
}
