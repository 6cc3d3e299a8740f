package io.videoml.kvs;

import java.time.Duration;

/**
 * Says how many fragments to ask for at once, and how soon. What does not come of a batch is asked
 * for alone, so that it is certain which one is missing; where one is missing after another, it
 * stays at one, slowly, and the list is asked what is left.
 *
 * <p>Threading: one thread.
 */
final class OneByOne {
  /** Missing in a row, before it is asked what is listed still. */
  static final int MANY = 20;

  /** A fragment that comes so often and never whole is given up. */
  private static final int NOT_WHOLE = 6;

  /** The service allows five requests a second for a stream. */
  private static final long FLOOR = Duration.ofMillis(200).toNanos();

  private boolean single;
  private int tries; // that brought the first alone, and not whole
  private int missing; // in a row
  private boolean slow;
  private long beganNanos;

  /** Returns how many to ask for. */
  int size(int batch) {
    return single ? 1 : batch;
  }

  void begins(long now) {
    beganNanos = now;
  }

  /** Returns when the next request may begin. */
  long due(long now) {
    return slow ? Math.max(now, beganNanos + FLOOR) : now;
  }

  /** The next is asked for alone. */
  void alone() {
    single = true;
    slow |= missing > 0;
  }

  /** A fragment came. */
  void came() {
    single = false;
    slow = false;
    tries = 0;
    missing = 0;
  }

  /** Returns whether the one that was asked for alone, and is not whole, is to be given up. */
  boolean givesUp() {
    tries++;
    return tries >= NOT_WHOLE;
  }

  /** Returns whether the same failed before, alone. */
  boolean repeats() {
    return tries > 1;
  }

  /** The one that was asked for alone is missing. */
  void missing() {
    missing++;
    tries = 0;
    single = missing > 1; // one that is missing between others costs no more
    slow = true;
  }

  /** Returns whether so many are missing in a row that the list should be asked. */
  boolean doubtful() {
    return missing >= MANY;
  }
}
