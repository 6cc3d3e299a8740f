package io.videoml.micrometer;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Frames per second over the latest {@link #SECONDS}, counted by the second in a ring.
 *
 * <p>Threading: safe, without locks: a second's number and its count share one word.
 */
final class FrameRate {
  /** Long enough for streams that are told of a group of pictures at a time. */
  static final int SECONDS = 10;

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long MOST = 0xffff_ffffL;

  private final long originNanos;
  private final AtomicLongArray ring = new AtomicLongArray(SECONDS);

  FrameRate(long nowNanos) {
    originNanos = nowNanos;
  }

  void add(long frames, long nowNanos) {
    long second = second(nowNanos);
    int slot = (int) (second % SECONDS);
    long before;
    long after;
    do {
      before = ring.get(slot);
      long counted = before >>> 32 == second ? before & MOST : 0;
      after = second << 32 | Math.min(MOST, counted + Math.min(MOST, frames));
    } while (!ring.compareAndSet(slot, before, after));
  }

  double perSecond(long nowNanos) {
    long now = second(nowNanos);
    long frames = 0;
    for (int i = 0; i < SECONDS; i++) {
      long word = ring.get(i);
      if (word >>> 32 > now - SECONDS) {
        frames += word & MOST;
      }
    }
    double age = (double) Math.max(0, nowNanos - originNanos) / SECOND_NANOS;
    double covered = Math.min(age, SECONDS - 1 + (age - now));
    return frames / Math.max(1, covered); // the first second says nothing about a rate yet
  }

  private long second(long nowNanos) {
    return Math.max(0, nowNanos - originNanos) / SECOND_NANOS;
  }
}
