package io.videoml.ffmpeg;

import io.videoml.source.DecodeDemand;

/**
 * Which packets are decoded.
 *
 * <p>Threading: one thread; {@link #demand} and {@link #wanted} from any.
 */
final class Selection {
  private final boolean timed;
  private volatile DecodeDemand wanted;
  private DecodeDemand active;
  // Of the key frame that decoding starts at: what is shown before it refers to what was not
  // decoded.
  private long leadingBefore = Long.MIN_VALUE;

  /**
   * @param timed whether the container stores timestamps
   */
  Selection(DecodeDemand demand, boolean timed) {
    this.timed = timed;
    this.wanted = demand;
    this.active = possible(demand);
  }

  void demand(DecodeDemand demand) {
    wanted = demand;
  }

  /** Returns what is demanded, if not yet done. */
  DecodeDemand wanted() {
    return wanted;
  }

  /** Returns what is done. */
  DecodeDemand active() {
    return active;
  }

  /**
   * Adopts what is demanded before a packet, if it can: narrows at once, and widens at a key frame,
   * since nothing before it can be decoded whole.
   *
   * @param asleep whether only key frames are decoded, although more is demanded
   * @return whether it changed
   */
  boolean adopt(boolean key, long ticks, boolean asleep) {
    DecodeDemand next = possible(wanted);
    int change = next.compareTo(active);
    if (change == 0 || (change > 0 && !key)) {
      return false;
    }
    if (active == DecodeDemand.KEY_FRAMES || asleep) {
      startAt(ticks);
    }
    active = next;
    return true;
  }

  /** Takes it that decoding starts at a key frame with this timestamp. */
  void startAt(long ticks) {
    leadingBefore = ticks;
  }

  /** Takes it that a new decoder starts, as at the start of the stream. */
  void startAfresh() {
    leadingBefore = Long.MIN_VALUE;
  }

  /** Returns whether a packet refers to what was not decoded. */
  boolean leading(boolean key, long ticks) {
    if (key ? ticks != leadingBefore : ticks > leadingBefore) {
      leadingBefore = Long.MIN_VALUE; // what follows is whole, and its clock may start anew
    }
    return timed && ticks < leadingBefore;
  }

  /**
   * Returns whether a picture that came out is wanted: what the decoder held back when the demand
   * was narrowed is not any more.
   */
  boolean picks(boolean keyFrame) {
    return keyFrame || active.and(wanted) != DecodeDemand.KEY_FRAMES;
  }

  /** Without timestamps nobody can tell which frames a decoder left out: it leaves out none. */
  private DecodeDemand possible(DecodeDemand demand) {
    return !timed && demand == DecodeDemand.REFERENCE_FRAMES ? DecodeDemand.ALL : demand;
  }
}
