package io.videoml.resilience;

import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.ResumePosition;
import io.videoml.resilience.ConnectGate.Turn;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameHandler;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.source.StreamInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Reads a source over as many connections as it takes. */
final class SurvivingReader implements ResilientReader {
  private final Resilience resilience;
  private final FrameSource source;
  private final StatusBoard board;
  private final Pulse pulse;
  private final Continuity continuity;
  private final @Nullable FrozenPicture picture;
  private final Connection connection;
  private @Nullable ResumePosition position;
  private @Nullable Future<?> watch; // guarded by this
  private @Nullable SourceException lost;
  private boolean reading;
  private boolean live;
  private boolean healthy;
  private long liveSinceNanos;

  SurvivingReader(
      Resilience resilience,
      FrameSource source,
      Optional<ResumePosition> from,
      DecodeDemand demand,
      StreamObserver observer) {
    this.resilience = resilience;
    this.source = source;
    this.position = from.orElse(null);
    this.board = new StatusBoard(source.id(), observer);
    this.pulse = new Pulse(resilience.liveness());
    this.continuity = new Continuity(source.endless());
    this.picture =
        source.endless()
            ? resilience.liveness().changes().map(FrozenPicture::new).orElse(null)
            : null;
    this.connection = new Connection(source, demand);
  }

  @Override
  public boolean tryAdvance(FrameHandler handler) {
    if (reading) {
      throw new IllegalStateException(
          "a frame of " + source.id() + " is still lent; return from its handler first");
    }
    reading = true;
    try {
      watch();
      return advance(new Delivery(handler));
    } finally {
      pulse.pause(System.nanoTime());
      reading = false;
    }
  }

  private boolean advance(Delivery delivery) {
    while (true) {
      SourceException failure = lost;
      if (failure == null) {
        try {
          FrameReader reader = connection.reader();
          if (reader == null) {
            reader = connect();
          }
          pulse.resume(System.nanoTime());
          if (reader.tryAdvance(delivery)) {
            return true;
          }
          if (!source.endless()) {
            board.enter(StreamState.STOPPED);
            return false;
          }
          failure = new SourceException(Kind.ENDED, source.id(), "the stream ended");
        } catch (SourceException e) {
          failure = e;
        } catch (RuntimeException e) {
          failure = unexpected(e, delivery);
        }
        delivery.rethrow(); // the handler's own failure is not the source's
      }
      lost = null;
      recover(connection.reason(failure));
    }
  }

  private SourceException unexpected(RuntimeException failure, Delivery delivery) {
    if (delivery.failure == null && !source.endless()) {
      throw failure;
    }
    String what = "failed in an unexpected way: " + failure;
    return new SourceException(Kind.CORRUPT, source.id(), what, failure);
  }

  private SourceException stalled(String what) {
    return new SourceException(
        Kind.STALLED, source.id(), what + "; the camera, or the way to it, is dead");
  }

  private FrameReader connect() {
    board.enter(StreamState.CONNECTING);
    connection.beginOpening();
    FrameReader opened = null;
    try {
      Turn turn = ConnectGate.ofProcess().acquire(source.host().orElse(""), resilience.limits());
      try {
        pulse.connecting(System.nanoTime());
        opened = source.open(Optional.ofNullable(position), connection.demand());
      } finally {
        turn.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SourceException(
          Kind.CLOSED, source.id(), "interrupted while waiting for a turn to connect", e);
    } finally {
      connection.endOpening(opened);
    }
    continuity.reopened(connection.framesBefore(), position != null);
    if (picture != null) {
      picture.forget();
    }
    board.connected(opened.stream());
    return opened;
  }

  /** Waits until the next attempt is due, or throws where there is none. */
  private void recover(SourceException why) {
    pulse.pause(System.nanoTime());
    boolean wasConnected = connection.drop();
    boolean closed = connection.closed();
    if (closed || why.kind() == Kind.CLOSED) {
      board.enter(StreamState.STOPPED);
      throw closed ? connection.closedException() : why;
    }
    int failures = board.failed(why, live && healthy());
    live = false;
    healthy = false;
    if (wasConnected) {
      board.disconnected(why);
    }
    if (resilience.reconnect().givesUp(why.kind(), failures, board.everConnected())) {
      board.enter(StreamState.FAILED);
      connection.close();
      throw why;
    }
    Duration delay =
        resilience.reconnect().delay(why.kind(), failures, ThreadLocalRandom.current());
    board.enter(StreamState.BACKING_OFF);
    board.reconnecting(why, failures, delay);
    connection.await(delay);
  }

  private boolean healthy() {
    return healthy
        || System.nanoTime() - liveSinceNanos >= resilience.reconnect().healthy().toNanos();
  }

  /** Hands one frame to the handler, as one of the whole stream. */
  private final class Delivery implements FrameHandler {
    private final FrameHandler handler;
    private @Nullable RuntimeException failure;

    Delivery(FrameHandler handler) {
      this.handler = handler;
    }

    @Override
    public void onFrame(Frame frame) {
      long now = System.nanoTime();
      pulse.frame(now);
      board.frame();
      if (!live) {
        live = true;
        liveSinceNanos = now;
        board.enter(StreamState.LIVE);
      } else if (!healthy && healthy()) {
        healthy = true;
        board.healthy();
      }
      connection.delivered();
      position = frame.position().orElse(null);
      if (picture != null && picture.frozen(frame)) {
        lost = stalled("the picture has not changed for too long");
        board.problem(lost);
        board.enter(StreamState.STALLED);
      }
      FrameInfo placed = continuity.place(frame.info());
      try {
        handler.onFrame(continuity.moves() ? new PlacedFrame(frame, placed) : frame);
      } catch (RuntimeException e) {
        failure = e;
        throw e;
      }
    }

    void rethrow() {
      if (failure != null) {
        throw failure;
      }
    }
  }

  /** Begins to watch, where silence is a fault. */
  private synchronized void watch() {
    if (watch == null && source.endless() && !connection.closed()) {
      watch = Watchdog.watch(this::look);
    }
  }

  /** Called by the watchdog every so often. */
  private void look() {
    boolean all =
        connection.demand() == DecodeDemand.ALL
            || connection.demand() == DecodeDemand.REFERENCE_FRAMES;
    pulse
        .silence(System.nanoTime(), connection.bytesOfThis(), connection.notDemanded(), all)
        .ifPresent(
            what -> {
              SourceException silence = stalled(what);
              if (connection.stall(silence)) {
                board.problem(silence);
                board.enter(StreamState.STALLED);
              }
            });
  }

  @Override
  public void demand(DecodeDemand demand) {
    connection.demand(demand);
  }

  @Override
  public long notDemanded() {
    return connection.notDemanded();
  }

  @Override
  public OptionalLong bytesReceived() {
    return connection.bytesReceived();
  }

  @Override
  public StreamInfo stream() {
    return connection.stream();
  }

  @Override
  public StreamStatus status() {
    return board.status();
  }

  @Override
  public void close() {
    synchronized (this) {
      if (watch != null) {
        watch.cancel(false);
      }
    }
    connection.close();
    board.enter(StreamState.STOPPED);
  }
}
