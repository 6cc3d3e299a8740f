package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Says where each frame stands in its stream: its index and its media time, in presentation order.
 *
 * <p>Packets that may be passed over are noted in the order in which they are stored. When a frame
 * comes out, those with earlier timestamps can no longer come, so they count as passed over, before
 * it. Where packets have no timestamps, the order of storage stands in for the order of
 * presentation.
 */
final class Timeline {
  private static final int MAX_NOTED = 4096;

  private final TimeBase base;
  private final boolean timed;
  private long[] passed = new long[64];
  private int passedSize;
  private long nextIndex;
  private long origin = AV_NOPTS_VALUE;
  private long originNanos;
  private long lastNanos = -1;
  private boolean begun;
  private final AtomicLong notDemanded = new AtomicLong();

  /**
   * @param timed whether the container stores timestamps; else they follow from the frame rate
   */
  Timeline(TimeBase base, boolean timed) {
    this.base = base;
    this.timed = timed;
  }

  boolean timed() {
    return timed;
  }

  /** Goes on after a frame of an earlier reading. */
  void resumeAfter(ResumeToken token) {
    nextIndex = token.index() + 1;
    origin = token.origin();
    originNanos = token.originNanos();
    lastNanos = originNanos + base.nanos(token.ticks() - origin);
  }

  /** Goes on after a frame of an earlier reading. */
  void resumeAfter(PacketToken token) {
    nextIndex = token.index() + 1;
    origin = token.ticks();
    originNanos = token.nanos();
    lastNanos = originNanos;
  }

  /** Notes a packet whose frame may never come out. */
  void passOver(long ticks) {
    if (passedSize
        == MAX_NOTED) { // as where no key frame ever comes: only the last can be reordered
      count(passedSize / 2);
      System.arraycopy(passed, passedSize / 2, passed, 0, passedSize - passedSize / 2);
      passedSize -= passedSize / 2;
    }
    if (passedSize == passed.length) {
      passed = Arrays.copyOf(passed, 2 * passedSize);
    }
    passed[passedSize++] = ticks;
  }

  /**
   * Takes the place of a frame that came out.
   *
   * @param wanted false counts it as passed over
   * @return its index; {@link #nanos()} is its media time
   */
  long place(long ticks, boolean wanted) {
    if (timed && ticks != AV_NOPTS_VALUE && wentBack(ticks) && !begun) {
      end(); // what was noted is of the run before
    }
    begun = false;
    settle(ticks);
    lastNanos = nanosOf(ticks);
    if (!wanted) {
      notDemanded.incrementAndGet();
    }
    return nextIndex++;
  }

  /** Returns where reading can go on after the last frame. */
  ResumeToken token(long index, long ticks) {
    return timed
        ? new ResumeToken(index, ticks, origin, originNanos)
        : new ResumeToken(index, 0, 0, 0);
  }

  /** Returns the media time of the last frame, nanoseconds. */
  long nanos() {
    return lastNanos;
  }

  /** Counts what is still noted: nothing comes any more. */
  void end() {
    count(passedSize);
    passedSize = 0;
  }

  /** Counts what is still noted: a new run begins, whose packets are noted from now on. */
  void beginRun() {
    end();
    begun = true;
  }

  /** Returns the index of the frame after the last. */
  long index() {
    return nextIndex;
  }

  long notDemanded() {
    return notDemanded.get();
  }

  /** Counts the noted packets before a frame, and forgets the one of the frame itself. */
  private void settle(long ticks) {
    int kept = 0;
    int earlier = 0;
    for (int i = 0; i < passedSize; i++) {
      if (!timed || passed[i] < ticks) {
        earlier++;
      } else if (passed[i] > ticks) {
        passed[kept++] = passed[i];
      }
    }
    passedSize = kept;
    count(earlier);
  }

  private void count(int frames) {
    nextIndex += frames;
    notDemanded.addAndGet(frames);
  }

  private long nanosOf(long ticks) {
    if (!timed) {
      return nextIndex * base.frameNanos();
    }
    if (origin == AV_NOPTS_VALUE) {
      origin = ticks;
    }
    if (ticks == AV_NOPTS_VALUE) {
      return lastNanos < 0 ? 0 : lastNanos + base.frameNanos();
    }
    if (wentBack(ticks)) { // a new run, one frame after the last
      origin = ticks;
      originNanos = lastNanos + base.frameNanos();
    }
    return originNanos + base.nanos(ticks - origin);
  }

  /** Returns whether the clock of the stream was set back. */
  private boolean wentBack(long ticks) {
    return origin != AV_NOPTS_VALUE && originNanos + base.nanos(ticks - origin) < lastNanos;
  }
}
