package io.videoml.resilience;

import java.io.Serializable;

/**
 * How many streams of this process may connect at once, so that cameras that were lost together do
 * not come back as a storm. Those who must wait are served in the order in which they came.
 *
 * <p>Threading: immutable.
 *
 * @param perHost at one host, at least 1
 * @param overall in all, at least 1; one that takes longer than 2 s counts at its host only, so
 *     that dead cameras do not hold up others
 */
public record ConnectLimits(int perHost, int overall) implements Serializable {
  private static final ConnectLimits DEFAULTS = new ConnectLimits(4, 16);

  public ConnectLimits {
    if (perHost < 1 || overall < 1) {
      throw new IllegalArgumentException(
          "at least one stream must be able to connect, was %d per host and %d overall"
              .formatted(perHost, overall));
    }
  }

  /** Returns the defaults: 4 at one host, 16 in all. */
  public static ConnectLimits defaults() {
    return DEFAULTS;
  }
}
