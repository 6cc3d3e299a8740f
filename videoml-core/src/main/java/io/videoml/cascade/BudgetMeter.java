package io.videoml.cascade;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What is spent of a {@link Budget}. Its clock is the media time that went by: a step back, which
 * marks a new run of the stream, adds nothing to it and takes nothing away.
 *
 * <p>Threading: one thread at a time.
 */
public final class BudgetMeter {
  private final List<Bucket> buckets;
  private boolean started;
  private long previousPts;

  BudgetMeter(List<Budget.Limit> limits) {
    this.buckets = limits.stream().map(Bucket::new).toList();
  }

  /**
   * Asks for one call, and counts it if it is allowed.
   *
   * @param pts media time of the frame
   * @return whether the call may be made
   */
  public boolean tryCall(Duration pts) {
    advance(TimeUnit.NANOSECONDS.convert(requireNonNull(pts, "pts")));
    for (Bucket bucket : buckets) {
      if (!bucket.allows()) {
        return false;
      }
    }
    for (Bucket bucket : buckets) {
      if (!bucket.limit.bytes()) {
        bucket.charge(1);
      }
    }
    return true;
  }

  /**
   * Counts what a call sent, once it is known.
   *
   * @param bytes not negative
   */
  public void sent(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("a call cannot send " + bytes + " bytes");
    }
    for (Bucket bucket : buckets) {
      if (bucket.limit.bytes()) {
        bucket.charge(bytes);
      }
    }
  }

  private void advance(long pts) {
    if (started && pts > previousPts) {
      long elapsed = saturated(pts - previousPts);
      buckets.forEach(bucket -> bucket.giveBack(elapsed));
    }
    started = true;
    previousPts = pts;
  }

  /** Returns what is positive, but may have overflown once. */
  private static long saturated(long value) {
    return value < 0 ? Long.MAX_VALUE : value;
  }

  /**
   * A token bucket, kept as the time that it takes until everything taken has come back. Whole
   * nanoseconds, rounded up: never more than the budget, however long it runs.
   */
  private static final class Bucket {
    private final Budget.Limit limit;
    private final long burst;
    private long debt;

    Bucket(Budget.Limit limit) {
      this.limit = limit;
      this.burst = TimeUnit.NANOSECONDS.convert(limit.burst());
    }

    void giveBack(long elapsed) {
      debt = Math.max(0, debt - elapsed);
    }

    boolean allows() {
      return debt <= burst;
    }

    void charge(long units) {
      long cost = (long) Math.ceil(units * limit.nanosPerUnit()); // huge ones saturate
      debt = saturated(debt + cost);
    }
  }
}
