package io.videoml.sampling;

import io.videoml.frame.Frame;

/** Keeps a share of all frames, chosen by a hash of their position. */
final class RandomSampler implements FrameSampler {
  private static final SamplingDecision KEEP = SamplingDecision.keep("random");
  private static final SamplingDecision DROP = SamplingDecision.drop("random");

  private final double share;
  private final long seed;

  RandomSampler(double share, long seed) {
    if (!(share >= 0 && share <= 1)) { // also refuses NaN
      throw new IllegalArgumentException("share must be within 0..1, was " + share);
    }
    this.share = share;
    this.seed = seed;
  }

  @Override
  public SamplingDecision decide(Frame frame) {
    long hash = mixed(mixed(seed) + frame.info().index());
    return (hash >>> 11) * 0x1p-53 < share ? KEEP : DROP;
  }

  /** The last step of SplitMix64: neighbouring numbers come out unrelated. */
  private static long mixed(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
