package io.videoml.sampling;

/** Holds the one decision of the sampler that keeps everything. */
final class AllSampler {
  static final SamplingDecision KEEP = SamplingDecision.keep("all");

  private AllSampler() {}
}
