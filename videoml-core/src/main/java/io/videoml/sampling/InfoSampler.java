package io.videoml.sampling;

import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.source.DecodeDemand;
import java.util.function.Predicate;

/** Keeps frames by what is known of each, without a look at its pixels or at those before it. */
final class InfoSampler implements FrameSampler {
  private final SamplingDecision keep;
  private final SamplingDecision drop;
  private final DecodeDemand demand;
  private final Predicate<FrameInfo> wanted;

  private InfoSampler(String reason, DecodeDemand demand, Predicate<FrameInfo> wanted) {
    this.keep = SamplingDecision.keep(reason);
    this.drop = SamplingDecision.drop(reason);
    this.demand = demand;
    this.wanted = wanted;
  }

  static InfoSampler all() {
    return new InfoSampler("all", DecodeDemand.ALL, info -> true);
  }

  static InfoSampler everyNth(int n) {
    if (n < 1) {
      throw new IllegalArgumentException(
          "every how many frames one is kept must be at least 1, was " + n);
    }
    return new InfoSampler("every_n", DecodeDemand.ALL, info -> info.index() % n == 0);
  }

  static InfoSampler keyFrames() {
    return new InfoSampler("key_frame", DecodeDemand.KEY_FRAMES, FrameInfo::keyFrame);
  }

  static InfoSampler randomShare(double share, long seed) {
    if (!(share >= 0 && share <= 1)) { // also refuses NaN
      throw new IllegalArgumentException("share must be within 0..1, was " + share);
    }
    long start = mixed(seed);
    return new InfoSampler(
        "random", DecodeDemand.ALL, info -> (mixed(start + info.index()) >>> 11) * 0x1p-53 < share);
  }

  @Override
  public SamplingDecision decide(Frame frame) {
    return wanted.test(frame.info()) ? keep : drop;
  }

  @Override
  public DecodeDemand demand() {
    return demand;
  }

  /** The last step of SplitMix64: neighbouring numbers come out unrelated. */
  private static long mixed(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
