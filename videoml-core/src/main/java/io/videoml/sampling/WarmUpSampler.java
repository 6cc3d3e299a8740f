package io.videoml.sampling;

import io.videoml.detect.Detections;
import io.videoml.frame.Frame;
import io.videoml.source.DecodeDemand;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Shows another the start of each run without keeping any of it. */
final class WarmUpSampler implements FrameSampler {
  private static final SamplingDecision WARMING_UP = SamplingDecision.drop("warm_up");

  private final FrameSampler sampler;
  private final long frames;
  private final long nanos;
  private boolean started;
  private long startNanos;
  private long lastNanos;
  private long seen;

  private WarmUpSampler(FrameSampler sampler, long frames, long nanos) {
    this.sampler = sampler;
    this.frames = frames;
    this.nanos = nanos;
  }

  static WarmUpSampler ofFrames(FrameSampler sampler, int frames) {
    if (frames < 0) {
      throw new IllegalArgumentException("frames of warm-up must not be negative, was " + frames);
    }
    return new WarmUpSampler(sampler, frames, /* nanos= */ 0);
  }

  static WarmUpSampler ofTime(FrameSampler sampler, Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time of warm-up must not be negative, was " + time);
    }
    return new WarmUpSampler(sampler, /* frames= */ 0, TimeUnit.NANOSECONDS.convert(time));
  }

  @Override
  public SamplingDecision decide(Frame frame) {
    long now = frame.info().time().pts().toNanos();
    if (!started || now < lastNanos) {
      started = true;
      startNanos = now;
      seen = 0;
    }
    lastNanos = now;
    seen++;
    SamplingDecision decision = sampler.decide(frame);
    boolean warm = seen > frames && now - startNanos >= nanos;
    return warm ? decision : WARMING_UP;
  }

  @Override
  public DecodeDemand demand() {
    return sampler.demand();
  }

  @Override
  public void feedback(Detections detections) {
    sampler.feedback(detections);
  }
}
