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
    return InfoSampler.all();
  }

  /**
   * Returns a sampler that keeps the first frame and every {@code n}-th after it, by position in
   * the stream.
   *
   * @param n at least 1, which keeps every frame
   */
  static FrameSampler everyNth(int n) {
    return InfoSampler.everyNth(n);
  }

  /** Returns a sampler that keeps key frames, and asks the decoder for no others. */
  static FrameSampler keyFrames() {
    return InfoSampler.keyFrames();
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
   * Returns a sampler whose rate follows what happens, from one frame in 10 seconds to 10 a second;
   * {@link AdaptiveSampler} says how, and has the settings.
   */
  static AdaptiveSampler adaptive() {
    return AdaptiveSampler.builder().build();
  }

  /**
   * Returns a sampler that keeps a share of all frames, chosen at random but the same at every
   * reading, and of every stream.
   *
   * @param share from 0, which keeps none, to 1, which keeps all
   */
  static FrameSampler randomShare(double share) {
    return randomShare(share, /* seed= */ 0);
  }

  /**
   * Returns a sampler that keeps a share of all frames, chosen at random by their position in the
   * stream and the seed: the same at every reading, others with another seed.
   *
   * @param share from 0, which keeps none, to 1, which keeps all
   */
  static FrameSampler randomShare(double share, long seed) {
    return InfoSampler.randomShare(share, seed);
  }

  /**
   * Returns a sampler that keeps every frame captured at certain times of the week, and at other
   * times asks for key frames only, by which it notices the time: what it keeps begins with the
   * first key frame within.
   *
   * <p>Goes by {@link io.videoml.frame.FrameTime#captured}, which says of itself how well it is
   * known. Its {@link #not} keeps what lies outside of the times, as cheaply.
   *
   * @param times holding at least one
   */
  static FrameSampler schedule(WeekSchedule times) {
    return new ScheduleSampler(times, /* inside= */ true);
  }

  /**
   * Returns a sampler that keeps what both keep; the other is asked only about frames that this
   * keeps. The one that demands less goes first: {@link #keyFrames}, so that what the other sees
   * does not depend on what a source decodes all the same; {@link #schedule}, which must see frames
   * to notice the time.
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

  /**
   * Returns a sampler that keeps nothing of the first frames of each run, but shows them to this,
   * which gets to know the scene and may take them for kept.
   *
   * @param frames 0 or more, counting those that this is shown
   */
  default FrameSampler withWarmUp(int frames) {
    return WarmUpSampler.ofFrames(this, frames);
  }

  /**
   * Returns a sampler that keeps nothing of the start of each run, but shows it to this, which gets
   * to know the scene and may take frames for kept.
   *
   * @param time media time from the first frame of a run on; 0 or more
   */
  default FrameSampler withWarmUp(Duration time) {
    return WarmUpSampler.ofTime(this, time);
  }
}
