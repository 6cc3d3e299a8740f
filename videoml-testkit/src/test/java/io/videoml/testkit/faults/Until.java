package io.videoml.testkit.faults;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits that end. */
final class Until {
  private Until() {}

  static void isTrue(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within 20 s: " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  /** Returns how long it took for a thread to end, in milliseconds. */
  static long ended(Thread thread) {
    long start = System.nanoTime();
    isTrue(thread + " ends", () -> !thread.isAlive());
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }
}
