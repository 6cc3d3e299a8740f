package io.videoml.testkit.faults;

import io.videoml.frame.OwnedFrame;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameHandler;
import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.source.StreamInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** One connection of a camera in memory. */
final class FaultyReader implements FrameReader {
  private static final long BYTES_PER_FRAME = 1000;
  private static final long NOT_SENDING = Long.MIN_VALUE;

  private final FaultyFrames frames;
  private final String source;
  private final FramePace pace;
  private final Behaviour behaviour;
  private final CameraCounts counts;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicLong notDemanded = new AtomicLong();
  private volatile DecodeDemand demand;
  private volatile long next;
  private volatile long sendingSinceNanos = NOT_SENDING;
  private DecodeDemand decoding;
  private long lastNanos = System.nanoTime();

  FaultyReader(
      FaultyFrames frames,
      String source,
      FramePace pace,
      Behaviour behaviour,
      DecodeDemand demand,
      CameraCounts counts) {
    this.frames = frames;
    this.source = source;
    this.pace = pace;
    this.behaviour = behaviour;
    this.demand = demand;
    this.decoding = demand;
    this.counts = counts;
  }

  @Override
  public boolean tryAdvance(FrameHandler handler) {
    while (true) {
      requireOpen();
      long frame = next;
      if (frames.over(frame)) {
        return false;
      }
      if (frame >= behaviour.endAt && ends()) {
        return false;
      }
      await(pace.before(frame).plus(behaviour.extraTime));
      next = frame + 1;
      counts.frame();
      if (wanted(frame)) {
        lend(frame, handler);
        return true;
      }
      notDemanded.incrementAndGet();
    }
  }

  /** Does what was to happen in place of a frame; returns whether that is the end of the stream. */
  private boolean ends() {
    switch (behaviour.end) {
      case NONE -> {
        return false;
      }
      case END_OF_STREAM -> {
        return true;
      }
      case FAILURE ->
          throw new SourceException(behaviour.failure, source, "fails at this frame, as told");
      case UNEXPECTED_EXCEPTION ->
          throw new IllegalStateException(source + " breaks at this frame, as told");
      case SILENCE, SILENCE_WITH_DATA -> {
        if (behaviour.end == Behaviour.End.SILENCE_WITH_DATA) {
          sendingSinceNanos = System.nanoTime();
        }
        await(Duration.ofDays(1));
        throw closedException();
      }
    }
    throw new AssertionError(behaviour.end);
  }

  private void await(Duration gap) {
    long due = lastNanos + gap.toNanos();
    try {
      boolean ended = closing.await(due - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (ended) {
        throw closedException();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SourceException(Kind.CLOSED, source, "interrupted while waiting for a frame", e);
    }
    lastNanos = System.nanoTime();
  }

  private void lend(long frame, FrameHandler handler) {
    try (OwnedFrame lent = counts.ledger().entering(frames.make(frame), frames.position(frame))) {
      handler.onFrame(lent);
    }
  }

  private boolean wanted(long frame) {
    boolean key = frames.key(frame);
    decoding = key ? demand : demand.and(decoding); // what others build on may be missing before
    return switch (decoding) {
      case ALL, MOVING -> true; // it cannot tell what moves
      case REFERENCE_FRAMES -> !frames.alone(frame);
      case KEY_FRAMES -> key;
    };
  }

  private void requireOpen() {
    if (closed.get()) {
      throw closedException();
    }
  }

  private SourceException closedException() {
    return new SourceException(Kind.CLOSED, source, "the reader is closed");
  }

  @Override
  public void demand(DecodeDemand wanted) {
    demand = wanted;
  }

  @Override
  public long notDemanded() {
    return notDemanded.get();
  }

  @Override
  public OptionalLong bytesReceived() {
    long since = sendingSinceNanos;
    long waste =
        since == NOT_SENDING ? 0 : 1 + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
    return OptionalLong.of(next * BYTES_PER_FRAME + waste);
  }

  @Override
  public StreamInfo stream() {
    long frame = Math.max(0, next - 1);
    Optional<Duration> duration =
        frames.endless()
            ? Optional.empty()
            : Optional.of(frames.clip().pts(frames.clip().frames()));
    return new StreamInfo(
        behaviour.codec,
        frames.width(frame),
        frames.height(frame),
        OptionalDouble.of(frames.clip().framesPerSecond()),
        duration,
        "faulty",
        /* hardware= */ Optional.empty());
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      counts.closed();
      closing.countDown();
    }
  }
}
