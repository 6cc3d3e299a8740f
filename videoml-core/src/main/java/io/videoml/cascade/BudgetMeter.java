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
  /** Where the clock stops, after 146 years; what is spent then can still come back later. */
  private static final long END_OF_TIME = Long.MAX_VALUE / 2;

  private final List<Bucket> buckets;
  private boolean started;
  private long previousPts;
  private long now;

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
      if (!bucket.paidAt(now)) {
        return false;
      }
    }
    for (Bucket bucket : buckets) {
      if (!bucket.limit.bytes()) {
        bucket.charge(1, now);
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
        bucket.charge(bytes, now);
      }
    }
  }

  private void advance(long pts) {
    if (started && pts > previousPts) {
      now = Math.min(saturated(now, pts - previousPts), END_OF_TIME);
    }
    started = true;
    previousPts = pts;
  }

  /** Both not negative. */
  private static long saturated(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  /**
   * A token bucket, kept as the time at which everything taken has come back. Whole nanoseconds,
   * rounded up: never more than the budget, however long it runs.
   */
  private static final class Bucket {
    private final Budget.Limit limit;
    private final long burst;
    private long allBack;

    Bucket(Budget.Limit limit) {
      this.limit = limit;
      this.burst = TimeUnit.NANOSECONDS.convert(limit.burst());
    }

    boolean paidAt(long now) {
      return now >= allBack - burst;
    }

    void charge(long units, long now) {
      long cost = (long) Math.ceil(units * limit.nanosPerUnit()); // huge ones saturate
      allBack = saturated(Math.max(allBack, now), cost);
    }
  }
}
