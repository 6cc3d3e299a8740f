package io.videoml.gstreamer;

import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for streams to begin and to end. */
final class Lifetime {
  private static final Logger LOG = LoggerFactory.getLogger(Lifetime.class);
  private static final long CLOSE_MILLIS = 1000;
  private static final long LEAVE_MILLIS = 250;

  private Lifetime() {}

  /** Waits for the first picture, coded; a stream that fails is stopped. */
  static void awaitStart(Settings settings, Running stream) {
    try {
      await(settings, stream);
    } catch (RuntimeException | Error e) {
      stream.stop();
      leave(stream);
      throw e;
    }
  }

  private static void await(Settings settings, Running stream) {
    long deadline =
        System.nanoTime() + settings.connectTimeout().toNanos() + settings.readTimeout().toNanos();
    while (!stream.started()) {
      SourceException failure = stream.failure();
      if (failure != null) {
        throw failure;
      }
      try {
        if (stream.awaitEnd(/* millis= */ 5)) {
          continue; // the failure is there
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SourceException(Kind.CLOSED, settings.id(), "was closed while it was opened");
      }
      if (System.nanoTime() - deadline > 0) {
        throw new SourceException(
            Kind.STALLED,
            settings.id(),
            "no picture came within the connect and read timeouts, "
                + (settings.connectTimeout().toMillis() + settings.readTimeout().toMillis())
                + " ms; is something being sent?");
      }
    }
  }

  /** Lets go of the server before another attempt, unless in a hurry. */
  private static void leave(Running stream) {
    if (!Thread.currentThread().isInterrupted()) {
      try {
        stream.awaitEnd(LEAVE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** An interrupt must not leave the camera's connection behind; the wait is short. */
  static void end(Settings settings, Running stream) {
    stream.stop();
    long deadline = System.nanoTime() + CLOSE_MILLIS * 1_000_000;
    boolean interrupted = false;
    while (true) {
      try {
        if (!stream.awaitEnd(Math.max(0, (deadline - System.nanoTime()) / 1_000_000))) {
          LOG.warn("{} takes long to close; it goes on in the background", settings.id());
        }
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
