package io.videoml.testkit.kvs.store;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;

/**
 * Makes numbers of fragments that look and sort as the service's: 47 digits, ever larger.
 *
 * <p>Threading: any.
 */
public final class FragmentNumbers {
  /** Compares numbers by value. */
  public static final Comparator<String> ORDER = Comparator.comparing(BigInteger::new);

  private static final String PREFIX = "91343852333";
  private static final BigInteger STEP = BigInteger.valueOf(4_955_854_373_611_121L);

  private FragmentNumbers() {}

  /** Returns the larger of two numbers; an empty one is less than all. */
  public static String later(String one, String other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    return ORDER.compare(one, other) > 0 ? one : other;
  }

  /** Returns a number for that time that is larger than the last, which is empty at first. */
  static String next(String last, Instant time) {
    BigInteger byTime =
        new BigInteger(
            PREFIX + "%013d".formatted(Math.max(0, time.toEpochMilli())) + "0".repeat(23));
    if (last.isEmpty() || byTime.compareTo(new BigInteger(last)) > 0) {
      return byTime.add(STEP).toString();
    }
    return new BigInteger(last).add(STEP).toString();
  }
}
