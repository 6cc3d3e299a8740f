package io.videoml.sampling;

import io.videoml.frame.Frame;
import io.videoml.source.DecodeDemand;

/** Keeps key frames. */
final class KeyFrameSampler implements FrameSampler {
  private static final SamplingDecision KEEP = SamplingDecision.keep("key_frame");
  private static final SamplingDecision DROP = SamplingDecision.drop("key_frame");

  @Override
  public SamplingDecision decide(Frame frame) {
    return frame.info().keyFrame() ? KEEP : DROP;
  }

  @Override
  public DecodeDemand demand() {
    return DecodeDemand.KEY_FRAMES;
  }
}
