package io.videoml.kvs.produce;

/** What to do when pictures come faster than the network takes them, and there is no room left. */
public enum WhenFull {
  /** Have the caller wait: for files, whose pictures can. */
  BLOCK,
  /**
   * Leave out the oldest fragment that is not on its way: for cameras. It is counted, and reported
   * with its bounds.
   */
  DROP_OLDEST_FRAGMENT
}
