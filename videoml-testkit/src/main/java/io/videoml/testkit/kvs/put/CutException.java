package io.videoml.testkit.kvs.put;

import io.videoml.testkit.kvs.http.Ending;

/** A fault ends the connection here. */
final class CutException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Ending how;

  CutException(Ending how) {
    super("cut as ordered");
    this.how = how;
  }

  Ending how() {
    return how;
  }
}
