package io.videoml.testkit.kvs.faults;

/** What the service tells a producer about a fragment. */
public enum AckType {
  /** It arrives. */
  BUFFERING,
  /** It is there. */
  RECEIVED,
  /** It is safe. */
  PERSISTED,
  /** It is refused. */
  ERROR,
  /** Nothing arrives at the moment. */
  IDLE
}
