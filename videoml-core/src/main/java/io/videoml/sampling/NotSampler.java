package io.videoml.sampling;

import io.videoml.detect.Detections;
import io.videoml.frame.Frame;

/** Keeps what another drops. */
final class NotSampler implements FrameSampler {
  private final FrameSampler sampler;

  NotSampler(FrameSampler sampler) {
    this.sampler = sampler;
  }

  @Override
  public SamplingDecision decide(Frame frame) {
    return sampler.decide(frame).negated();
  }

  @Override
  public FrameSampler not() {
    return sampler;
  }

  @Override
  public void feedback(Detections detections) {
    sampler.feedback(detections);
  }
}
