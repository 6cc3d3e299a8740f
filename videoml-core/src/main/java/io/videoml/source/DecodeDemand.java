package io.videoml.source;

/**
 * Which frames may be wanted at all; a decoder passes over the others as early as it can. Ordered
 * by cost.
 */
public enum DecodeDemand {
  /** Only frames that need no other to be decoded. */
  KEY_FRAMES,
  /**
   * Key frames while nothing moves; every frame from the key frame before something moves until it
   * has been quiet for a while. A source that cannot tell delivers every frame, as of what follows
   * the last key frame of a stream.
   */
  MOVING,
  /** Frames that others refer to; the rest could go without harm. */
  REFERENCE_FRAMES,
  /** Every frame. */
  ALL;

  /** Returns the least that satisfies both: the larger, or every frame where neither holds both. */
  public DecodeDemand or(DecodeDemand other) {
    DecodeDemand larger = compareTo(other) >= 0 ? this : other;
    DecodeDemand smaller = larger == this ? other : this;
    return smaller == MOVING && larger == REFERENCE_FRAMES ? ALL : larger;
  }

  /** Returns what is enough where only frames that both want are wanted: the smaller. */
  public DecodeDemand and(DecodeDemand other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
