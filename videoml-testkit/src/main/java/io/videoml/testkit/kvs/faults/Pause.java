package io.videoml.testkit.kvs.faults;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/** Waits; the end of the server ends it. */
final class Pause {
  private Pause() {}

  static void of(Duration time) throws IOException {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException ended = new InterruptedIOException("the server ends");
      ended.initCause(e);
      throw ended;
    }
  }
}
