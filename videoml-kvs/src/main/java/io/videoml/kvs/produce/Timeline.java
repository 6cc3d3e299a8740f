package io.videoml.kvs.produce;

import io.videoml.frame.CaptureClock;
import io.videoml.packet.PacketInfo;
import java.time.Instant;

/**
 * Puts pictures on the wall clock: media time, which is steady, from where the first picture was
 * taken. It is set anew at breaks, and at a key frame where both clocks went apart.
 */
final class Timeline {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long JUMP_NANOS = 10_000 * NANOS_PER_MILLI;
  private static final long APART_MILLIS = 500;
  private static final long APART_BY_ARRIVAL_MILLIS = 5_000; // networks hold pictures up
  private static final long SET_BACK_MILLIS = 2_000;
  private static final long BACK_NANOS =
      1_000 * NANOS_PER_MILLI; // more than pictures are reordered

  private boolean anchored;
  private long anchorMillis;
  private long anchorNanos; // of media time
  private long lastDtsNanos;
  private long newest; // the latest picture of the run
  private int run;

  /**
   * @param firstRun what the first run is called
   */
  Timeline(int firstRun) {
    run = firstRun;
  }

  /** Returns which run of the clock the last picture is of: its time never goes back within one. */
  int run() {
    return run;
  }

  /** Returns when a picture is, in milliseconds of the epoch. */
  long place(PacketInfo info) {
    long captured = millis(info.captured());
    long step = info.dtsNanos() - lastDtsNanos;
    boolean broken = !anchored || info.discontinuity() || step > JUMP_NANOS || step < -BACK_NANOS;
    lastDtsNanos = info.dtsNanos();
    if (broken || (info.keyFrame() && apart(info, captured))) {
      anchor(info, captured);
    }
    long at = at(info.ptsNanos());
    newest = Math.max(newest, at);
    return at;
  }

  private boolean apart(PacketInfo info, long captured) {
    long limit =
        info.capturedFrom() == CaptureClock.ARRIVAL ? APART_BY_ARRIVAL_MILLIS : APART_MILLIS;
    return Math.abs(captured - at(info.ptsNanos())) > limit;
  }

  private void anchor(PacketInfo info, long captured) {
    long from = Math.max(captured, 0);
    if (anchored && from <= newest) {
      if (newest - from > SET_BACK_MILLIS) {
        run++; // somebody set the clock
        newest = from;
      } else {
        from = newest + 1;
      }
    }
    anchored = true;
    anchorMillis = from;
    anchorNanos = info.ptsNanos();
  }

  private long at(long ptsNanos) {
    // Floor, since pictures may be shown before the first one in the order of decoding.
    return Math.max(0, anchorMillis + Math.floorDiv(ptsNanos - anchorNanos, NANOS_PER_MILLI));
  }

  private static long millis(Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), 1000), time.getNano() / NANOS_PER_MILLI);
  }
}
