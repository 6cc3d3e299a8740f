package io.videoml.sampling;

import io.videoml.frame.Frame;

/** Keeps frames whose position is a multiple of n. */
final class EveryNthSampler implements FrameSampler {
  private static final SamplingDecision KEEP = SamplingDecision.keep("every_n");
  private static final SamplingDecision DROP = SamplingDecision.drop("every_n");

  private final int n;

  EveryNthSampler(int n) {
    if (n < 1) {
      throw new IllegalArgumentException(
          "every how many frames one is kept must be at least 1, was " + n);
    }
    this.n = n;
  }

  @Override
  public SamplingDecision decide(Frame frame) {
    return frame.info().index() % n == 0 ? KEEP : DROP;
  }
}
