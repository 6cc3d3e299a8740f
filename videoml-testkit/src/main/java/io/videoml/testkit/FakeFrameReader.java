package io.videoml.testkit;

import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameHandler;
import io.videoml.source.FrameReader;
import io.videoml.source.SleepStatus;
import io.videoml.source.SourceException;
import io.videoml.source.StreamInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** One reading of a fake source. */
final class FakeFrameReader implements FrameReader {
  private final FakeScript script;
  private final int start;
  private final FrameLedger ledger;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile DecodeDemand demand;
  private final AtomicLong notDemanded = new AtomicLong();
  private volatile int next;
  private DecodeDemand decoding;

  FakeFrameReader(FakeScript script, int start, DecodeDemand demand, FrameLedger ledger) {
    this.script = script;
    this.start = start;
    this.next = start;
    this.demand = demand;
    this.decoding = demand;
    this.ledger = ledger;
  }

  @Override
  public boolean tryAdvance(FrameHandler handler) {
    while (true) {
      requireOpen();
      if (next >= script.clip.frames()) {
        return false;
      }
      int frame = next;
      if (frame == script.hangAt) {
        hangUntil(closed, script.id);
        requireOpen();
      }
      FakeFrameSource.Hook hook = script.hooks.get(frame);
      if (hook != null) {
        hook.run();
        requireOpen();
      }
      next = frame + 1;
      if (wanted(frame)) {
        lend(frame, handler);
        return true;
      }
      notDemanded.incrementAndGet();
    }
  }

  private void lend(int frame, FrameHandler handler) {
    FrameInfo info = script.info(frame, frame - start);
    byte[] pixels = script.clip.pixels(frame, info.width(), info.height());
    try (FakeFrame lent =
        new FakeFrame(
            Frame.of(info, pixels), Optional.of(FakeFrameSource.position(frame)), ledger)) {
      handler.onFrame(lent);
    }
  }

  private boolean wanted(int frame) {
    boolean key = script.clip.keyFrame(frame);
    decoding = key ? demand : demand.and(decoding); // what others build on may be missing before
    return switch (decoding) {
      case ALL -> true;
      case MOVING -> key || script.awake(frame);
      case REFERENCE_FRAMES ->
          frame % script.clip.gop() % 2 == 0; // odd ones are referred to by none
      case KEY_FRAMES -> key;
    };
  }

  static void hangUntil(CountDownLatch released, String source) {
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SourceException(
          SourceException.Kind.CLOSED, source, "interrupted while waiting", e);
    }
  }

  private void requireOpen() {
    if (closed.getCount() == 0) {
      throw new SourceException(SourceException.Kind.CLOSED, script.id, "the reader is closed");
    }
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
  public StreamInfo stream() {
    int frame = Math.max(start, next - 1);
    Optional<Duration> duration =
        script.live ? Optional.empty() : Optional.of(script.clip.pts(script.clip.frames()));
    return new StreamInfo(
        "generated",
        script.width(frame),
        script.height(frame),
        OptionalDouble.of(script.clip.framesPerSecond()),
        duration,
        "fake",
        /* hardware= */ Optional.empty(),
        sleep(frame));
  }

  private SleepStatus sleep(int frame) {
    if (demand != DecodeDemand.MOVING) {
      return SleepStatus.OFF;
    }
    if (!script.knowsWhatMoves()) {
      return new SleepStatus(SleepStatus.State.UNABLE, "was not told what moves");
    }
    boolean awake = script.awake(frame);
    return new SleepStatus(awake ? SleepStatus.State.AWAKE : SleepStatus.State.ASLEEP, "");
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
