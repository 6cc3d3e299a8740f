package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Holds packets back until a camera would have sent them. */
final class Pace {
  private static final long SLICE_NANOS = Duration.ofMillis(50).toNanos();
  private static final long LONGEST_GAP_NANOS = Duration.ofSeconds(10).toNanos();

  private final TimeBase base;
  private boolean started;
  private long startNanos;
  private long startTicks;
  private long lastTicks;

  Pace(TimeBase base) {
    this.base = base;
  }

  /** Begins anew with the next packet, which is due at once. */
  void restart() {
    started = false;
  }

  /** Waits until a packet is due, or until reading must end. */
  void await(long decodingTicks, Interrupt interrupt) {
    if (decodingTicks == AV_NOPTS_VALUE) {
      return;
    }
    long gap = started ? base.nanos(decodingTicks - lastTicks) : -1;
    if (gap < 0 || gap > LONGEST_GAP_NANOS) { // the clock was set anew
      started = true;
      startNanos = System.nanoTime();
      startTicks = decodingTicks;
    }
    lastTicks = decodingTicks;
    long due = startNanos + base.nanos(decodingTicks - startTicks);
    for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
      if (interrupt.stop()) {
        return;
      }
      LockSupport.parkNanos(Math.min(wait, SLICE_NANOS));
    }
  }
}
