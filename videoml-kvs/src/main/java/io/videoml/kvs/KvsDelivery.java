package io.videoml.kvs;

/** When the frames of a fragment are passed on. */
public enum KvsDelivery {
  /**
   * When the fragment is complete: of one that was cut off nothing is seen. Frames come in bursts,
   * as late as a fragment is long.
   */
  FRAGMENT,
  /** As they come. Of a fragment that never became complete, some frames were seen. */
  FRAME
}
