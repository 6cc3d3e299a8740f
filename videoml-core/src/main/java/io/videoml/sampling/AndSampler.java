package io.videoml.sampling;

import io.videoml.detect.Detections;
import io.videoml.frame.Frame;
import io.videoml.source.DecodeDemand;

/** Keeps what both keep. */
final class AndSampler implements FrameSampler {
  private final FrameSampler first;
  private final FrameSampler second;

  AndSampler(FrameSampler first, FrameSampler second) {
    this.first = first;
    this.second = second;
  }

  @Override
  public SamplingDecision decide(Frame frame) {
    SamplingDecision decision = first.decide(frame);
    return decision.keep() ? second.decide(frame) : decision;
  }

  @Override
  public DecodeDemand demand() {
    return first.demand().and(second.demand());
  }

  @Override
  public void feedback(Detections detections) {
    first.feedback(detections);
    second.feedback(detections);
  }
}
