package io.videoml.source;

/**
 * Which frames may be wanted at all; a decoder passes over the others as early as it can. Ordered
 * by cost.
 */
public enum DecodeDemand {
  /** Only frames that need no other to be decoded. */
  KEY_FRAMES,
  /** Frames that others refer to; the rest could go without harm. */
  REFERENCE_FRAMES,
  /** Every frame. */
  ALL;

  /** Returns what satisfies both: the larger. */
  public DecodeDemand or(DecodeDemand other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** Returns what is wanted by both: the smaller. */
  public DecodeDemand and(DecodeDemand other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
