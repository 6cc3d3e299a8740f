package io.videoml.kvs;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/** Time that passes only where something waits, and chance that repeats. */
final class FakePace implements Pace {
  private final Random random;
  private long nanos = 1_000_000_000_000L;

  FakePace(long seed) {
    random = new Random(seed);
  }

  void pass(long time) {
    nanos += Math.max(0, time);
  }

  void pass(Duration time) {
    pass(time.toNanos());
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public Instant now() {
    return Instant.ofEpochSecond(1_700_000_000, 0).plusNanos(nanos);
  }

  @Override
  public void sleep(long time) {
    pass(time);
  }

  @Override
  public double chance() {
    return random.nextDouble();
  }
}
