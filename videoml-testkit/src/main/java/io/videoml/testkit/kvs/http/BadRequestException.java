package io.videoml.testkit.kvs.http;

import java.io.IOException;

/** What came is not HTTP/1.1. */
public final class BadRequestException extends IOException {
  private static final long serialVersionUID = 1L;

  BadRequestException(String message) {
    super(message);
  }
}
