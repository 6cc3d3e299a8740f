package io.videoml.sampling;

import io.videoml.frame.Frame;

/**
 * Keeps at most a number of frames per second of media time.
 *
 * <p>Due times lie on a grid from the first frame on, so that rounding of single timestamps never
 * adds up: 30 frames a second at 5 keep exactly every sixth.
 */
final class RateLimitSampler implements FrameSampler {
  private static final SamplingDecision KEEP = SamplingDecision.keep("rate");
  private static final SamplingDecision DROP = SamplingDecision.drop("rate");

  /** Timestamps are rounded to their time base, at the coarsest 1 ms in usual containers. */
  private static final long ROUNDING_NANOS = 1_000_000;

  private final double intervalNanos;
  private boolean started;
  private long startNanos;
  private long lastNanos;
  private long slot;

  RateLimitSampler(double hertz) {
    if (!(hertz > 0 && Double.isFinite(hertz))) {
      throw new IllegalArgumentException("rate must be positive and finite, was " + hertz + " Hz");
    }
    this.intervalNanos = Math.max(1, 1e9 / hertz); // so that intervals can be counted
  }

  @Override
  public SamplingDecision decide(Frame frame) {
    long now = frame.info().time().pts().toNanos();
    if (!started || now < lastNanos) {
      started = true;
      startNanos = now;
      lastNanos = now;
      slot = 0;
      return KEEP;
    }
    lastNanos = now;
    long current =
        (long) ((now - startNanos + roundingNanos((long) intervalNanos)) / intervalNanos);
    if (current <= slot) {
      return DROP;
    }
    slot = current;
    return KEEP;
  }

  /** Returns by how much a frame may seem to come before its time. */
  static long roundingNanos(long intervalNanos) {
    return Math.min(ROUNDING_NANOS, intervalNanos / 4);
  }
}
