package io.videoml.testkit.kvs.put;

/** A fragment cannot be taken; the producer is told, and the connection ends. */
final class PutException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int id;

  PutException(AckError error) {
    this(error.id());
  }

  PutException(int id) {
    super(AckError.name(id));
    this.id = id;
  }

  int id() {
    return id;
  }
}
