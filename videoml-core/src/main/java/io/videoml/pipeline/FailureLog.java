package io.videoml.pipeline;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what fails: the first time in full, then for debugging only; a frame rate is no rate for a
 * log.
 */
final class FailureLog {
  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  private final String stream;
  private final AtomicBoolean reported = new AtomicBoolean();

  FailureLog(String stream) {
    this.stream = stream;
  }

  void report(String what, Throwable cause) {
    if (reported.compareAndSet(false, true)) {
      LOG.warn(
          "{}: {}; the next failures of this kind are logged at debug level", stream, what, cause);
    } else {
      LOG.debug("{}: {}", stream, what, cause);
    }
  }
}
