package io.videoml.micrometer;

import io.micrometer.core.instrument.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is told to go on. */
final class SettableClock implements Clock {
  private final AtomicLong nanos = new AtomicLong(123_456_789_012L);

  void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Override
  public long wallTime() {
    return nanos.get() / 1_000_000;
  }

  @Override
  public long monotonicTime() {
    return nanos.get();
  }
}
