package io.videoml.sampling;

import io.videoml.detect.Detections;
import io.videoml.frame.Frame;
import io.videoml.source.DecodeDemand;

/** Keeps what either keeps; both see every frame. */
final class OrSampler implements FrameSampler {
  private final FrameSampler first;
  private final FrameSampler second;

  OrSampler(FrameSampler first, FrameSampler second) {
    this.first = first;
    this.second = second;
  }

  @Override
  public SamplingDecision decide(Frame frame) {
    SamplingDecision decision = first.decide(frame);
    SamplingDecision other = second.decide(frame);
    return decision.keep() ? decision : other;
  }

  @Override
  public DecodeDemand demand() {
    return first.demand().or(second.demand());
  }

  @Override
  public void feedback(Detections detections) {
    first.feedback(detections);
    second.feedback(detections);
  }
}
