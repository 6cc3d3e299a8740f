package io.videoml.resilience;

import io.videoml.resilience.StreamStatus.Problem;
import io.videoml.source.SourceException;
import io.videoml.source.StreamInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the status of one stream, and tells the observer of it: one call at a time, in the order in
 * which things happened, and without a lock. Who finds another thread telling leaves it to that
 * one. Nothing comes after {@code FAILED} or {@code STOPPED}.
 *
 * <p>Threading: safe.
 */
final class StatusBoard {
  private static final Logger LOG = LoggerFactory.getLogger(Resilience.class);

  private final String source;
  private final StreamObserver observer;
  private final Queue<Consumer<StreamObserver>> untold = new ArrayDeque<>(); // guarded by this
  private boolean telling; // guarded by this, as all below
  private boolean begun;
  private long connection;
  private StreamState state = StreamState.CONNECTING;
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

  /** Connects, for the n-th time. */
  void connecting(long number) {
    synchronized (this) {
      connection = number;
      enter(StreamState.CONNECTING);
    }
    tell();
  }

  void connected(StreamInfo stream) {
    synchronized (this) {
      if (!over()) {
        connects++;
        untold.add(to -> to.onConnected(stream));
      }
    }
    tell();
  }

  synchronized boolean everConnected() {
    return connects > 0;
  }

  /** The first frame of a connection came; nothing new if it is known to be dead already. */
  void live() {
    synchronized (this) {
      if (state == StreamState.CONNECTING) {
        enter(StreamState.LIVE);
      }
    }
    tell();
  }

  void frame() {
    lastFrameMillis = System.currentTimeMillis();
  }

  synchronized void healthy() {
    attempts = 0;
  }

  /** The n-th connection is dead, unless it is known to be lost already. */
  void stalled(long number, SourceException why) {
    synchronized (this) {
      boolean open = state == StreamState.CONNECTING || state == StreamState.LIVE;
      if (open && connection == number) {
        lastProblem = Problem.of(why, Instant.now());
        enter(StreamState.STALLED);
      }
    }
    tell();
  }

  /** Counts a failure, and returns how many it makes in a row. */
  synchronized int failed(SourceException why, boolean wasHealthy) {
    if (!over()) {
      lastProblem = Problem.of(why, Instant.now());
      attempts = wasHealthy ? 1 : attempts + 1;
    }
    return attempts;
  }

  void disconnected(SourceException why) {
    synchronized (this) {
      if (!over()) {
        untold.add(to -> to.onDisconnected(why));
      }
    }
    tell();
  }

  void backingOff(SourceException why, Duration delay) {
    synchronized (this) {
      if (!over()) {
        int attempt = attempts;
        enter(StreamState.BACKING_OFF);
        untold.add(to -> to.onReconnecting(why, attempt, delay));
      }
    }
    tell();
  }

  /** Enters {@code FAILED} or {@code STOPPED}. */
  void end(StreamState last) {
    synchronized (this) {
      enter(last);
    }
    tell();
  }

  private boolean over() {
    return state == StreamState.STOPPED || state == StreamState.FAILED;
  }

  private void enter(StreamState next) {
    if (over() || (begun && state == next)) {
      return;
    }
    begun = true;
    state = next;
    since = Instant.now();
    StreamStatus changed = status();
    untold.add(to -> to.onState(changed));
  }

  private void tell() {
    for (Consumer<StreamObserver> call = begin(); call != null; call = begin()) {
      try {
        call.accept(observer);
      } catch (RuntimeException | Error e) { // the stream goes on, whoever looks on
        LOG.warn("{}: an observer failed", source, e);
      } finally {
        done();
      }
    }
  }

  private synchronized @Nullable Consumer<StreamObserver> begin() {
    if (telling || untold.isEmpty()) {
      return null;
    }
    telling = true;
    return untold.remove();
  }

  private synchronized void done() {
    telling = false;
  }
}
