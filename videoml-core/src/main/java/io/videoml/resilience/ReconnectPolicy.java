package io.videoml.resilience;

import static java.util.Objects.requireNonNull;

import io.videoml.source.SourceException.Kind;
import java.io.Serializable;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a lost stream is tried again. What passes by itself (network, refusal, silence, the end of a
 * stream that should not end, damage) is tried again with exponential backoff and full jitter: the
 * n-th delay is uniform within 0 and {@code min(cap, base × factor^(n-1))}. What somebody must put
 * right (credentials, path, codec) is tried again slowly, with ±25 % jitter, or not at all. A wrong
 * setting is never tried again.
 *
 * <p>Threading: immutable.
 */
public final class ReconnectPolicy implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final ReconnectPolicy DEFAULTS =
      new ReconnectPolicy(
          Duration.ofMillis(500),
          2,
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Integer.MAX_VALUE,
          Refused.RETRY_SLOWLY,
          true);

  private final Duration base;
  private final double factor;
  private final Duration cap;
  private final Duration healthy;
  private final Duration slow;
  private final int maxAttempts;
  private final Refused refused;
  private final boolean untilFirst;

  private ReconnectPolicy(
      Duration base,
      double factor,
      Duration cap,
      Duration healthy,
      Duration slow,
      int maxAttempts,
      Refused refused,
      boolean untilFirst) {
    this.base = base;
    this.factor = factor;
    this.cap = cap;
    this.healthy = healthy;
    this.slow = slow;
    this.maxAttempts = maxAttempts;
    this.refused = refused;
    this.untilFirst = untilFirst;
  }

  /** What to do about what does not pass by itself. */
  public enum Refused {
    /** Try again at the slow pace: somebody may put it right. */
    RETRY_SLOWLY,
    /** Give up. */
    STOP
  }

  /**
   * Returns the defaults: base 500 ms, factor 2, cap 30 s, healthy after 10 s, slow retries every
   * minute, for ever.
   */
  public static ReconnectPolicy defaults() {
    return DEFAULTS;
  }

  /** Returns a policy that never tries again: whatever goes wrong, or ends, is the end. */
  public static ReconnectPolicy never() {
    return DEFAULTS.maxAttempts(0);
  }

  /**
   * Sets the backoff.
   *
   * @param base largest delay before the first attempt; positive
   * @param factor by which it grows with each failure in a row; from 1 to 10
   * @param cap largest delay of all; not less than the base
   */
  public ReconnectPolicy backoff(Duration base, double factor, Duration cap) {
    positive(base, "base");
    positive(cap, "cap");
    if (!(factor >= 1 && factor <= 10)) {
      throw new IllegalArgumentException("factor must be within 1..10, was " + factor);
    }
    if (cap.compareTo(base) < 0) {
      throw new IllegalArgumentException(
          "cap must not be less than base, was " + cap + " < " + base);
    }
    return new ReconnectPolicy(base, factor, cap, healthy, slow, maxAttempts, refused, untilFirst);
  }

  /** Sets how long frames must come until failures are forgotten. Default: 10 s. */
  public ReconnectPolicy healthyAfter(Duration time) {
    return new ReconnectPolicy(
        base, factor, cap, positive(time, "healthy"), slow, maxAttempts, refused, untilFirst);
  }

  /** Sets the pace of slow retries; at least a second. Default: a minute. */
  public ReconnectPolicy slowly(Duration time) {
    if (positive(time, "slow").compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("slow must be at least a second, was " + time);
    }
    return new ReconnectPolicy(base, factor, cap, healthy, time, maxAttempts, refused, untilFirst);
  }

  /** Gives up after so many failures in a row; 0 for at once. Default: never. */
  public ReconnectPolicy maxAttempts(int attempts) {
    if (attempts < 0) {
      throw new IllegalArgumentException("attempts must not be negative, was " + attempts);
    }
    return new ReconnectPolicy(base, factor, cap, healthy, slow, attempts, refused, untilFirst);
  }

  /** Says what to do about bad credentials, an unknown path, an unsupported codec. */
  public ReconnectPolicy whenRefused(Refused what) {
    return new ReconnectPolicy(
        base, factor, cap, healthy, slow, maxAttempts, requireNonNull(what, "what"), untilFirst);
  }

  /**
   * Gives up where not even the first connection succeeds: for programs whose user is there to see
   * a mistyped address. Default: tries again.
   */
  public ReconnectPolicy failingAtFirst() {
    return new ReconnectPolicy(base, factor, cap, healthy, slow, maxAttempts, refused, false);
  }

  Duration healthy() {
    return healthy;
  }

  /**
   * Returns whether the stream is given up.
   *
   * @param failures in a row
   * @param everConnected whether it was ever well
   */
  public boolean givesUp(Kind kind, int failures, boolean everConnected) {
    return switch (kind) {
      case CONFIGURATION, CLOSED -> true;
      case AUTHENTICATION, NOT_FOUND, UNSUPPORTED ->
          refused == Refused.STOP || tired(failures, everConnected);
      case REFUSED, NETWORK, STALLED, ENDED, CORRUPT -> tired(failures, everConnected);
    };
  }

  /** Returns whether it may ever try again. */
  boolean retries() {
    return maxAttempts > 0;
  }

  private boolean tired(int failures, boolean everConnected) {
    return failures > maxAttempts || (!untilFirst && !everConnected);
  }

  /**
   * Returns the delay before the next attempt.
   *
   * @param failures in a row, at least 1
   */
  public Duration delay(Kind kind, int failures, RandomGenerator random) {
    double share = random.nextDouble();
    return switch (kind) {
      case AUTHENTICATION, NOT_FOUND, UNSUPPORTED -> times(slow, 0.75 + share / 2);
      default -> times(largest(failures), share);
    };
  }

  private Duration largest(int failures) {
    double nanos = base.toNanos() * Math.pow(factor, Math.min(failures - 1, 1000));
    return nanos < cap.toNanos() ? Duration.ofNanos((long) nanos) : cap;
  }

  private static Duration times(Duration time, double share) {
    return Duration.ofNanos((long) (time.toNanos() * share));
  }

  private static Duration positive(Duration time, String name) {
    if (requireNonNull(time, name).isNegative()
        || time.isZero()
        || time.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(name + " must be positive and at most a day, was " + time);
    }
    return time;
  }

  @Override
  public String toString() {
    return "ReconnectPolicy[base=%s, factor=%s, cap=%s, healthy=%s, slow=%s, maxAttempts=%d, refused=%s, untilFirst=%s]"
        .formatted(base, factor, cap, healthy, slow, maxAttempts, refused, untilFirst);
  }
}
