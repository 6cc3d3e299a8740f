package io.videoml.sampling;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;

/**
 * Whether a frame is kept, and why.
 *
 * @param keep whether it goes on to the detector
 * @param reason one word for it, as {@code "every_n"}; ends up in results and metrics, so keep the number of different
 *     ones small
 * @param score the measure that was decided on, as the share of changed pixels; empty where there is none
 */
public record SamplingDecision(boolean keep, String reason, OptionalDouble score) {
  public SamplingDecision {
    requireNonNull(reason, "reason");
    requireNonNull(score, "score");
  }

  /** Returns a decision to keep. */
  public static SamplingDecision keep(String reason) {
    return new SamplingDecision(true, reason, OptionalDouble.empty());
  }

  /** Returns a decision to drop. */
  public static SamplingDecision drop(String reason) {
    return new SamplingDecision(false, reason, OptionalDouble.empty());
  }

  /** Returns this with the measure that was decided on. */
  public SamplingDecision withScore(double measure) {
    return new SamplingDecision(keep, reason, OptionalDouble.of(measure));
  }
}
