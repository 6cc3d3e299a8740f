package io.videoml.kvs;

import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Time and chance, which tests make up.
 *
 * <p>Threading: safe.
 */
interface Pace {
  /** Those of the machine. */
  Pace REAL =
      new Pace() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
          TimeUnit.NANOSECONDS.sleep(nanos);
        }

        @Override
        public double chance() {
          return ThreadLocalRandom.current().nextDouble();
        }
      };

  long nanoTime();

  Instant now();

  /** Waits; an interrupt ends it. */
  void sleep(long nanos) throws InterruptedException;

  /** Returns a number within 0 and 1. */
  double chance();
}
