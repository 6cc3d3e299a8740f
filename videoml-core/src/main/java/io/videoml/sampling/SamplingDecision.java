package io.videoml.sampling;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.OptionalDouble;

/**
 * Whether a frame is kept, and why. Immutable; make constants of those without a score.
 *
 * <p>Threading: immutable.
 */
public final class SamplingDecision implements Serializable {
  private static final long serialVersionUID = 1L;

  private final boolean keep;
  private final String reason;
  private final boolean scored;
  private final double score;

  private SamplingDecision(boolean keep, String reason, boolean scored, double score) {
    this.keep = keep;
    this.reason = requireNonNull(reason, "reason");
    if (reason.isBlank()) {
      throw new IllegalArgumentException("a decision needs a reason that is not blank");
    }
    this.scored = scored;
    this.score = score;
  }

  /**
   * Returns a decision to keep.
   *
   * @param reason one word for it, as {@code "every_n"}; ends up in results and metrics, so keep
   *     the number of different ones small
   */
  public static SamplingDecision keep(String reason) {
    return new SamplingDecision(true, reason, false, 0);
  }

  /** Returns a decision to drop, for a reason as in {@link #keep(String)}. */
  public static SamplingDecision drop(String reason) {
    return new SamplingDecision(false, reason, false, 0);
  }

  /**
   * Returns this with the measure that was decided on, as the share of changed pixels.
   *
   * @param measure finite
   */
  public SamplingDecision withScore(double measure) {
    if (!Double.isFinite(measure)) {
      throw new IllegalArgumentException("a score must be finite, was " + measure);
    }
    return new SamplingDecision(keep, reason, true, measure);
  }

  /** Returns the opposite decision, for the same reason. */
  public SamplingDecision negated() {
    return new SamplingDecision(!keep, reason, scored, score);
  }

  /** Returns whether the frame goes on to the detector. */
  public boolean keep() {
    return keep;
  }

  /** Returns why, in one word. */
  public String reason() {
    return reason;
  }

  /** Returns the measure that was decided on; empty where there is none. */
  public OptionalDouble score() {
    return scored ? OptionalDouble.of(score) : OptionalDouble.empty();
  }

  @Override
  public String toString() {
    return (keep ? "keep " : "drop ") + reason + (scored ? " " + score : "");
  }
}
