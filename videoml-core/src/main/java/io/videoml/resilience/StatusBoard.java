package io.videoml.resilience;

import io.videoml.resilience.StreamStatus.Problem;
import io.videoml.source.SourceException;
import io.videoml.source.StreamInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the status of one stream, and tells the observer of it. Threading: safe. */
final class StatusBoard {
  private static final Logger LOG = LoggerFactory.getLogger(Resilience.class);

  private final String source;
  private final StreamObserver observer;
  private StreamState state = StreamState.CONNECTING; // guarded by this, as all below
  private Instant since = Instant.now();
  private long connects;
  private int attempts;
  private @Nullable Problem lastProblem;
  private volatile long lastFrameMillis = Long.MIN_VALUE;

  StatusBoard(String source, StreamObserver observer) {
    this.source = source;
    this.observer = observer;
  }

  synchronized StreamStatus status() {
    long millis = lastFrameMillis;
    Optional<Instant> frame =
        millis == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    return new StreamStatus(
        state, since, connects, attempts, Optional.ofNullable(lastProblem), frame);
  }

  /** Enters a state; nothing comes after the last one. */
  void enter(StreamState next) {
    StreamStatus changed;
    synchronized (this) {
      boolean over = state == StreamState.STOPPED || state == StreamState.FAILED;
      if (over || state == next) {
        return;
      }
      state = next;
      since = Instant.now();
      changed = status();
    }
    tell(to -> to.onState(changed));
  }

  void connected(StreamInfo stream) {
    synchronized (this) {
      connects++;
    }
    tell(to -> to.onConnected(stream));
  }

  synchronized boolean everConnected() {
    return connects > 0;
  }

  void frame() {
    lastFrameMillis = System.currentTimeMillis();
  }

  synchronized void problem(SourceException what) {
    lastProblem = Problem.of(what, Instant.now());
  }

  /** Counts a failure, and returns how many it makes in a row. */
  synchronized int failed(SourceException what, boolean wasHealthy) {
    lastProblem = Problem.of(what, Instant.now());
    attempts = wasHealthy ? 1 : attempts + 1;
    return attempts;
  }

  synchronized void healthy() {
    attempts = 0;
  }

  void disconnected(SourceException why) {
    tell(to -> to.onDisconnected(why));
  }

  void reconnecting(SourceException why, int attempt, Duration delay) {
    tell(to -> to.onReconnecting(why, attempt, delay));
  }

  private void tell(Consumer<StreamObserver> call) {
    try {
      call.accept(observer);
    } catch (RuntimeException e) {
      LOG.warn("{}: an observer failed", source, e);
    }
  }
}
