package io.videoml.pipeline;

import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.StreamInfo;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one reading of a run's source: done by the reader thread, stopped from any. */
final class Reading {
  private final PipelineSpec spec;
  private @Nullable Thread opening; // guarded by this
  private @Nullable FrameReader reader; // guarded by this
  private boolean stopped; // guarded by this

  Reading(PipelineSpec spec) {
    this.spec = spec;
  }

  /** Opens the source, hands the reader to the body, and closes it; less of it where stopped. */
  void run(DecodeDemand demand, Consumer<FrameReader> body) {
    synchronized (this) {
      if (stopped) {
        return;
      }
      opening = Thread.currentThread();
    }
    try (FrameReader opened = spec.source().open(spec.from(), demand)) {
      if (opened(opened)) {
        body.accept(opened);
      }
    } catch (RuntimeException e) {
      if (!stopped()) { // else it is our own closing that made it fail
        throw e;
      }
    } finally {
      ended();
    }
  }

  /** Makes an open or a read that waits fail; does not wait for the body. */
  void stop() {
    FrameReader open;
    synchronized (this) {
      stopped = true;
      open = reader;
      if (opening != null) {
        opening.interrupt();
      }
    }
    if (open != null) {
      open.close(); // without the lock: a source that takes its time must not hold up stream()
    }
  }

  /** Returns what is known of the stream while it is open. */
  Optional<StreamInfo> stream() {
    FrameReader open;
    synchronized (this) {
      open = reader;
    }
    return Optional.ofNullable(open).map(FrameReader::stream);
  }

  private synchronized boolean opened(FrameReader opened) {
    opening = null;
    reader = opened;
    return !stopped;
  }

  private synchronized boolean stopped() {
    return stopped;
  }

  private synchronized void ended() {
    opening = null;
    reader = null;
  }
}
