package io.videoml.kvs;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** Checks of settings. */
final class Times {
  private static final Duration DAY = Duration.ofDays(1);

  private Times() {}

  /** Returns a time that is positive and at most a day. */
  static Duration positive(Duration time, String name) {
    if (requireNonNull(time, name).isNegative() || time.isZero() || time.compareTo(DAY) > 0) {
      throw new IllegalArgumentException(name + " must be positive and at most a day, was " + time);
    }
    return time;
  }
}
