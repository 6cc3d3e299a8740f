package io.videoml.frame;

/** Where a capture time comes from, from the most to the least trustworthy. */
public enum CaptureClock {
  /** The camera's own clock, by RTCP sender reports. */
  RTCP_SENDER,
  /** The producer's timestamp in a Kinesis fragment. */
  KVS_PRODUCER,
  /** The time when Kinesis received the fragment. */
  KVS_SERVER,
  /**
   * Media time, anchored to the wall clock at the first frame: steady, but late by the unknown
   * delay of that frame.
   */
  PTS_ANCHORED,
  /** The moment of arrival here. */
  ARRIVAL
}
