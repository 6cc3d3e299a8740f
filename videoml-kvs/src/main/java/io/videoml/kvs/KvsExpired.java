package io.videoml.kvs;

/**
 * What to do when the place to go on at is not kept any more: the stream was not read for longer
 * than its retention. Whatever goes on reports a {@link KvsGap}.
 */
public enum KvsExpired {
  /** Fail, as a wrong setting: nothing goes on by itself. */
  FAIL,
  /** Go on at the oldest fragment that is kept, and so lose the least. */
  EARLIEST,
  /** Go on with what comes now. */
  NOW,
  /**
   * Go on at the first fragment that the producer began later, by its clock; at the oldest where
   * that time is unknown, as after opening at a position.
   */
  NEXT_PRODUCER_TIME
}
