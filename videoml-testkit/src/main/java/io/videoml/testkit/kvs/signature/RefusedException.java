package io.videoml.testkit.kvs.signature;

/** A request is not signed as it must be. Holds no secret. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String type;

  RefusedException(String type, String message) {
    super(message);
    this.type = type;
  }

  /** Returns AWS's name of the error. */
  public String type() {
    return type;
  }
}
