package io.videoml.testkit.kvs.media;

import java.io.IOException;

/** What was sent is not the Matroska that the service takes. */
public final class InvalidMediaException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param position the byte of the stream, counted from 0
   */
  InvalidMediaException(String what, long position) {
    super("invalid MKV at byte " + position + ": " + what);
  }
}
