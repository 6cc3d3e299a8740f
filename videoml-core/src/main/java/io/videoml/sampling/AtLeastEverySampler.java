package io.videoml.sampling;

import io.videoml.detect.Detections;
import io.videoml.frame.Frame;
import io.videoml.source.DecodeDemand;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Keeps what another keeps, and a frame when none was kept for long; the first frame of a run
 * counts as kept.
 */
final class AtLeastEverySampler implements FrameSampler {
  private static final SamplingDecision KEEP = SamplingDecision.keep("interval");

  private final FrameSampler sampler;
  private final long intervalNanos;
  private boolean started;
  private long lastNanos;
  private long lastKeptNanos;

  AtLeastEverySampler(FrameSampler sampler, Duration interval) {
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("interval must be positive, was " + interval);
    }
    this.sampler = sampler;
    this.intervalNanos = TimeUnit.NANOSECONDS.convert(interval);
  }

  @Override
  public SamplingDecision decide(Frame frame) {
    long now = frame.info().time().pts().toNanos();
    if (!started || now < lastNanos) {
      started = true;
      lastKeptNanos = now;
    }
    lastNanos = now;
    SamplingDecision decision = sampler.decide(frame);
    if (!decision.keep() && now - lastKeptNanos >= intervalNanos) {
      decision = KEEP;
    }
    if (decision.keep()) {
      lastKeptNanos = now;
    }
    return decision;
  }

  /** While a camera sleeps, its key frames come often enough. */
  @Override
  public DecodeDemand demand() {
    return sampler.demand() == DecodeDemand.MOVING ? DecodeDemand.MOVING : DecodeDemand.ALL;
  }

  @Override
  public void feedback(Detections detections) {
    sampler.feedback(detections);
  }
}
