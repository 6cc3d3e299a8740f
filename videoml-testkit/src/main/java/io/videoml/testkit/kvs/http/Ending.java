package io.videoml.testkit.kvs.http;

/** How a connection is broken off. */
public enum Ending {
  /** TCP's reset: the peer learns at once, and may lose what is on the way. */
  RESET,
  /** TCP's ordinary end, in the middle of whatever was being said. */
  CLOSE
}
