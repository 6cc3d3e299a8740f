package io.videoml.sampling;

import static java.util.Objects.requireNonNull;

import io.videoml.detect.Detections;
import io.videoml.frame.Frame;
import io.videoml.source.DecodeDemand;
import java.time.Duration;

/**
 * Decides which frames of one stream reach the detector.
 *
 * <p>Threading: one caller at a time, in the order of the stream. A sampler remembers what it kept,
 * so each stream needs its own.
 */
@FunctionalInterface
public interface FrameSampler {

  /**
   * Decides whether the frame goes on to the detector. Must not block, and must not hold on to the
   * frame.
   *
   * @param frame the next frame, lent; a time before the previous one's marks a new run of the
   *     stream
   */
  SamplingDecision decide(Frame frame);

  /**
   * Returns which frames this could keep at all, so that others are not even decoded; asked again
   * while it runs.
   */
  default DecodeDemand demand() {
    return DecodeDemand.ALL;
  }

  /**
   * Tells what was found in a frame that was kept; comes later than the decision, in the order of
   * the stream.
   */
  default void feedback(Detections detections) {}

  /** Returns a sampler that keeps every frame. */
  static FrameSampler all() {
    return new AllSampler();
  }

  /**
   * Returns a sampler that keeps the first frame and every {@code n}-th after it, by position in
   * the stream.
   *
   * @param n at least 1, which keeps every frame
   */
  static FrameSampler everyNth(int n) {
    return new EveryNthSampler(n);
  }

  /** Returns a sampler that keeps key frames, and asks the decoder for no others. */
  static FrameSampler keyFrames() {
    return new KeyFrameSampler();
  }

  /**
   * Returns a sampler that keeps at most {@code hertz} frames per second of media time, evenly
   * spread: the first in each interval of {@code 1 / hertz}, counted from the first frame on.
   *
   * @param hertz positive and finite; a rate above the stream's own keeps every frame
   */
  static FrameSampler atMost(double hertz) {
    return new RateLimitSampler(hertz);
  }

  /**
   * Returns a sampler that keeps frames in which something moves: more than 2 % of the pixels
   * changed. {@link MotionSampler#builder} has the options.
   */
  static FrameSampler motion() {
    return MotionSampler.builder().build();
  }

  /**
   * Returns a sampler that keeps the first frame of each new scene, after a cut or a fade. {@link
   * SceneSampler#builder} has the options.
   */
  static FrameSampler sceneChange() {
    return SceneSampler.builder().build();
  }

  /**
   * Returns a sampler that keeps what both keep; the other is asked only about frames that this
   * keeps.
   */
  default FrameSampler and(FrameSampler other) {
    return new AndSampler(this, requireNonNull(other, "other"));
  }

  /** Returns a sampler that keeps what either keeps; both are asked about every frame. */
  default FrameSampler or(FrameSampler other) {
    return new OrSampler(this, requireNonNull(other, "other"));
  }

  /**
   * Returns a sampler that keeps what this drops, and the other way round; asks for every frame.
   */
  default FrameSampler not() {
    return new NotSampler(this);
  }

  /**
   * Returns a sampler that also keeps a frame when none was kept for so long in media time. It asks
   * for every frame, unless this lets a camera sleep: then only for the key frames that come while
   * nothing moves, and keeps the first of them after that time.
   *
   * @param interval positive
   */
  default FrameSampler orAtLeastEvery(Duration interval) {
    return new AtLeastEverySampler(this, interval);
  }
}
