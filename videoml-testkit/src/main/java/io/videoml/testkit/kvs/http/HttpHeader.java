package io.videoml.testkit.kvs.http;

/**
 * A header's line as it came.
 *
 * @param name in the case of the sender
 * @param value without the white space around it
 */
public record HttpHeader(String name, String value) {
  /** Returns the name only: values may be secret. */
  @Override
  public String toString() {
    return name;
  }
}
