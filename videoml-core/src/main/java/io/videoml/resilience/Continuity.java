package io.videoml.resilience;

import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import java.time.Duration;

/**
 * Numbers and times the frames of several connections as those of one stream: media time goes on by
 * the time that passed in between, and so does it where a camera sets its clock.
 *
 * <p>Threading: one thread.
 */
final class Continuity {
  /** Media time may run ahead of the clock by so much, as it does when a reader catches up. */
  private static final long JUMP_NANOS = Duration.ofSeconds(10).toNanos();

  /** What passes at least between two frames of different runs. */
  private static final long STEP_NANOS = Duration.ofMillis(1).toNanos();

  private final boolean endless;
  private boolean any;
  private boolean reopened;
  private boolean resumed;
  private long counted;
  private long indexOffset;
  private long nanosOffset;
  private long lastIndex;
  private long lastNanos;
  private long lastArrival;

  /**
   * @param endless whether jumps within one connection are taken out as well; a file's are its own
   */
  Continuity(boolean endless) {
    this.endless = endless;
  }

  /**
   * Notes that the next frame is of another connection.
   *
   * @param frames that came or were passed over in all connections before
   * @param atPosition whether the source was told where to go on
   */
  void reopened(long frames, boolean atPosition) {
    reopened = any;
    counted = frames;
    resumed = atPosition;
  }

  /** Returns whether frames have other numbers or times in the stream than in their connection. */
  boolean moves() {
    return indexOffset != 0 || nanosOffset != 0;
  }

  /** Returns the frame's description as one of the whole stream. */
  FrameInfo place(FrameInfo info) {
    long arrival = info.time().arrivalNanos();
    long nanos = info.time().pts().toNanos();
    if (reopened) {
      reopened = false;
      goOn(info.index(), nanos, arrival);
    } else if (any && endless && jumps(nanos + nanosOffset - lastNanos, arrival - lastArrival)) {
      nanosOffset = next(arrival) - nanos;
    }
    any = true;
    lastArrival = arrival;
    lastIndex = info.index() + indexOffset;
    lastNanos = nanos + nanosOffset;
    return moves() ? moved(info) : info;
  }

  /** Sources that were told where to go on may count, and time, from there by themselves. */
  private void goOn(long index, long nanos, long arrival) {
    if (!resumed || index + indexOffset <= lastIndex) {
      indexOffset = Math.max(counted, lastIndex + 1);
    }
    long step = nanos + nanosOffset - lastNanos;
    boolean goesOn = resumed && step > 0 && !(endless && jumps(step, arrival - lastArrival));
    if (!goesOn) {
      nanosOffset = next(arrival) - nanos;
    }
  }

  private static boolean jumps(long mediaNanos, long clockNanos) {
    return mediaNanos < 0 || mediaNanos - Math.max(0, clockNanos) > JUMP_NANOS;
  }

  private long next(long arrival) {
    return lastNanos + Math.max(STEP_NANOS, arrival - lastArrival);
  }

  private FrameInfo moved(FrameInfo info) {
    FrameTime time = info.time();
    return new FrameInfo(
        lastIndex,
        info.width(),
        info.height(),
        info.format(),
        info.colorSpace(),
        new FrameTime(
            Duration.ofNanos(lastNanos), time.captured(), time.capturedFrom(), time.arrivalNanos()),
        info.keyFrame(),
        info.corrupt(),
        info.decodeNanos());
  }
}
