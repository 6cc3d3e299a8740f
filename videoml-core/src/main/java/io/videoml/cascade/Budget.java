package io.videoml.cascade;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How much may go on: calls per second, bytes per minute, or both. Time is media time, so that a
 * file gives the same frames at every run; of a camera it is the time that goes by.
 *
 * <p>Each limit is a token bucket. In any span of media time {@code T} it lets through {@code rate
 * × (T + burst)}, and one call more: the first. The size of a call is known only after it was made;
 * what it took too much is paid off before the next.
 *
 * <p>Threading: immutable; each run has a {@link BudgetMeter} of its own.
 */
public final class Budget implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MINUTE = 60e9;

  /** Times in many containers are rounded to milliseconds, which must not cost a call. */
  private static final Duration DEFAULT_BURST = Duration.ofMillis(1);

  private final List<Limit> limits;

  private Budget(List<Limit> limits) {
    this.limits = List.copyOf(limits);
  }

  /**
   * Allows so many calls per second, evenly spread unless {@link #burst} says otherwise.
   *
   * @param calls positive and finite; less than 1 for one call every few seconds
   */
  public static Budget callsPerSecond(double calls) {
    if (!(calls > 0 && calls < Double.POSITIVE_INFINITY)) { // also refuses NaN
      throw new IllegalArgumentException(
          "a budget needs a positive number of calls per second, was " + calls);
    }
    return of(new Limit(/* bytes= */ false, NANOS_PER_SECOND / calls, DEFAULT_BURST));
  }

  /**
   * Allows so many bytes per minute: after a call of {@code n} bytes, the next comes {@code n /
   * bytes} minutes later at the earliest, unless {@link #burst} says otherwise.
   *
   * @param bytes at least 1
   */
  public static Budget bytesPerMinute(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException(
          "a budget needs a positive number of bytes per minute, was " + bytes);
    }
    return of(new Limit(/* bytes= */ true, NANOS_PER_MINUTE / bytes, DEFAULT_BURST));
  }

  /**
   * Returns this with another burst: what stays unspent is saved up for so long, and is there from
   * the start. {@code bytesPerMinute(n).burst(Duration.ofMinutes(1))} may spend {@code n} bytes at
   * once, and {@code 2 n} in its busiest minute. Default: 1 ms, which evens out the rounding of
   * timestamps.
   *
   * @param saved not negative
   */
  public Budget burst(Duration saved) {
    if (saved.isNegative()) {
      throw new IllegalArgumentException("a burst must not be negative, was " + saved);
    }
    return new Budget(
        limits.stream()
            .map(limit -> new Limit(limit.bytes(), limit.nanosPerUnit(), saved))
            .toList());
  }

  /** Returns a budget that keeps to both; a call that one refuses costs the other nothing. */
  public Budget and(Budget other) {
    List<Limit> both = new ArrayList<>(limits);
    both.addAll(requireNonNull(other, "other").limits);
    return new Budget(both);
  }

  /** Returns whether it limits bytes, so that someone has to tell how many were sent. */
  public boolean limitsBytes() {
    return limits.stream().anyMatch(Limit::bytes);
  }

  /** Returns a meter on which nothing is spent yet. */
  public BudgetMeter start() {
    return new BudgetMeter(limits);
  }

  private static Budget of(Limit limit) {
    return new Budget(List.of(limit));
  }

  /**
   * One token bucket.
   *
   * @param bytes whether it is paid in bytes, or in calls
   * @param nanosPerUnit how long one of them takes to come back
   * @param burst how long they are saved up
   */
  record Limit(boolean bytes, double nanosPerUnit, Duration burst) implements Serializable {}
}
