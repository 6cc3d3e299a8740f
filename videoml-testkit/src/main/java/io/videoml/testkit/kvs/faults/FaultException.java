package io.videoml.testkit.kvs.faults;

import java.io.IOException;

/** A fault did what it was ordered for. */
public final class FaultException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean inOrder;

  FaultException(String what, boolean inOrder) {
    super(what);
    this.inOrder = inOrder;
  }

  /** Returns whether the answer is to end in order, as if that were all. */
  public boolean inOrder() {
    return inOrder;
  }
}
