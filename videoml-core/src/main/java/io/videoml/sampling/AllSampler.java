package io.videoml.sampling;

import io.videoml.frame.Frame;

/** Keeps every frame. */
final class AllSampler implements FrameSampler {
  private static final SamplingDecision KEEP = SamplingDecision.keep("all");

  @Override
  public SamplingDecision decide(Frame frame) {
    return KEEP;
  }
}
