package io.videoml.resilience;

import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.ResumePosition;
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
  private final SilenceWatch watch;
  private @Nullable ResumePosition position; // of the thread that reads, as all below
  private @Nullable SourceException lost;
  private long opened;
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
    this.connection = new Connection(source.id(), demand);
    this.watch = new SilenceWatch(source.id(), pulse, connection, board);
  }

  @Override
  public boolean tryAdvance(FrameHandler handler) {
    if (reading) {
      throw new IllegalStateException(
          "a frame of " + source.id() + " is still lent; return from its handler first");
    }
    reading = true;
    try {
      if (source.endless()) { // else silence is no fault
        watch.start();
      }
      return advance(new Delivery(handler));
    } finally {
      pulse.pause(System.nanoTime());
      reading = false;
    }
  }

  private boolean advance(Delivery delivery) {
    while (true) {
      SourceException failure = lost;
      lost = null;
      if (failure == null) {
        try {
          if (read(delivery)) {
            return true;
          }
          if (!source.endless()) {
            board.end(StreamState.STOPPED);
            return false;
          }
          failure = new SourceException(Kind.ENDED, source.id(), "the stream ended");
        } catch (RuntimeException | Error e) {
          delivery.rethrow(); // the handler's own failure is not the source's
          failure = e instanceof SourceException known ? known : unexpected(e);
          if (failure != e && (e instanceof Error || !source.endless())) {
            giveUp(failure);
            throw e;
          }
        }
      }
      recover(connection.reason(failure));
    }
  }

  private boolean read(Delivery delivery) {
    FrameReader reader = connection.reader();
    if (reader == null) {
      reader = connect();
    }
    pulse.resume(System.nanoTime());
    return reader.tryAdvance(delivery);
  }

  /** Its message is left to the cause: nobody promises that it is free of credentials. */
  private SourceException unexpected(Throwable failure) {
    String what = "failed in an unexpected way, with " + failure.getClass().getName();
    return new SourceException(Kind.CORRUPT, source.id(), what, failure);
  }

  private FrameReader connect() {
    opened++;
    board.connecting(opened);
    connection.beginOpening(opened);
    FrameReader reader;
    try {
      reader = open();
    } finally {
      connection.endOpening();
    }
    connection.take(reader);
    continuity.reopened(connection.framesBefore(), position != null);
    if (picture != null) {
      picture.forget();
    }
    board.connected(reader.stream());
    return reader;
  }

  private FrameReader open() {
    ConnectGate.Turn turn = awaitTurn();
    try {
      pulse.connecting(System.nanoTime());
      return source.open(Optional.ofNullable(position), connection.demand());
    } finally {
      turn.close();
    }
  }

  private ConnectGate.Turn awaitTurn() {
    try {
      return ConnectGate.ofProcess().acquire(source.host().orElse(""), resilience.limits());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SourceException(
          Kind.CLOSED, source.id(), "interrupted while waiting for a turn to connect", e);
    }
  }

  /** Waits until the next attempt is due, or throws where there is none. */
  private void recover(SourceException why) {
    pulse.pause(System.nanoTime());
    boolean wasConnected = connection.drop();
    if (connection.closed()) {
      end(StreamState.STOPPED);
      throw connection.closedException();
    }
    if (why.kind() == Kind.CLOSED) { // interrupted
      end(StreamState.STOPPED);
      throw why;
    }
    int failures = board.failed(why, healthy);
    live = false;
    healthy = false;
    if (wasConnected) {
      board.disconnected(why);
    }
    ReconnectPolicy policy = resilience.reconnect();
    if (policy.givesUp(why.kind(), failures, board.everConnected())) {
      end(StreamState.FAILED);
      throw why;
    }
    Duration delay = policy.delay(why.kind(), failures, ThreadLocalRandom.current());
    board.backingOff(why, delay);
    try {
      connection.await(delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(StreamState.STOPPED);
      throw new SourceException(
          Kind.CLOSED, source.id(), "interrupted between two attempts to connect", e);
    }
  }

  /** Ends on what is passed on as it is. */
  private void giveUp(SourceException why) {
    boolean wasConnected = connection.drop();
    if (connection.closed()) {
      end(StreamState.STOPPED);
      return;
    }
    board.failed(why, healthy);
    if (wasConnected) {
      board.disconnected(why);
    }
    end(StreamState.FAILED);
  }

  private void end(StreamState last) {
    connection.close();
    watch.stop();
    board.end(last); // last, since an observer may take its time
  }

  /** Hands one frame to the handler, as one of the whole stream. */
  private final class Delivery implements FrameHandler {
    private final FrameHandler handler;
    private @Nullable Throwable failure;

    Delivery(FrameHandler handler) {
      this.handler = handler;
    }

    @Override
    public void onFrame(Frame frame) {
      long now = System.nanoTime();
      pulse.frame(now);
      noticeLife(now);
      connection.delivered();
      if (resilience.reconnect().retries()) { // else nobody asks, and each costs some memory
        frame.position().ifPresent(reached -> position = reached);
      }
      noticePicture(frame);
      FrameInfo placed = continuity.place(frame.info());
      try {
        handler.onFrame(continuity.moves() ? new PlacedFrame(frame, placed) : frame);
      } catch (RuntimeException | Error e) {
        failure = e;
        throw e;
      }
    }

    void rethrow() {
      if (failure instanceof RuntimeException e) {
        throw e;
      }
      if (failure instanceof Error e) {
        throw e;
      }
    }
  }

  private void noticeLife(long now) {
    board.frame();
    if (!live) {
      live = true;
      liveSinceNanos = now;
      board.live();
    } else if (!healthy
        && now - liveSinceNanos >= resilience.reconnect().healthy().toNanos()
        && (picture == null || picture.changed())) {
      healthy = true;
      board.healthy();
    }
  }

  private void noticePicture(Frame frame) {
    if (picture != null && picture.frozen(frame, pulse.waitedNanos())) {
      lost = SilenceWatch.stalled(source.id(), "the picture has not changed for too long");
      board.stalled(opened, lost);
    }
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
    end(StreamState.STOPPED);
  }
}
