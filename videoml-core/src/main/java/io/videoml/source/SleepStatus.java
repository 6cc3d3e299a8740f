package io.videoml.source;

import static java.util.Objects.requireNonNull;

/**
 * Whether a reader decodes little at the moment since nothing moves, as {@link DecodeDemand#MOVING}
 * allows.
 *
 * @param state what it does now
 * @param reason why, in words for people; empty where the state says it all
 */
public record SleepStatus(State state, String reason) {

  /** Sleep is not demanded, or not known to the source. */
  public static final SleepStatus OFF = new SleepStatus(State.OFF, "");

  public SleepStatus {
    requireNonNull(state, "state");
    requireNonNull(reason, "reason");
  }

  /** What a reader does. */
  public enum State {
    /** Delivers what is demanded, without a look at what moves. */
    OFF,
    /** Delivers every frame, since something moves, or did a while ago, or nothing is known yet. */
    AWAKE,
    /** Decodes key frames only, and watches them. */
    ASLEEP,
    /** Delivers every frame, since the stream does not let it sleep; the reason says why. */
    UNABLE
  }
}
