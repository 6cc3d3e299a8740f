package io.videoml.gstreamer;

import java.util.PriorityQueue;

/**
 * Gives each coded picture a time to be decoded at, where the sender tells only when it is shown.
 *
 * <p>They are the times of showing in their order, as many pictures late as pictures are found to
 * be reordered. So they go back only where a picture is shown before the last one was decoded: at
 * the start of a stream that turns out to be reordered more than it seemed, or where its clock was
 * set back.
 *
 * <p>Threading: one thread.
 */
final class PacketTimes {
  private static final int MOST_REORDERED = 16;
  private static final long LONGEST_REORDERING_NANOS = 2_000_000_000L;

  private final PriorityQueue<Long> later = new PriorityQueue<>();
  private long frameNanos = 40_000_000;
  private int reordered;
  private boolean started;
  private long pts;
  private long dts;

  /** Sets how long a frame lasts where it has no timestamp. */
  void frameRate(double hertz) {
    frameNanos = Math.round(1e9 / hertz);
  }

  /**
   * Takes note of the next picture.
   *
   * @param shown when it is shown, nanoseconds, or {@link Gst#NO_TIME}
   */
  void next(long shown) {
    long before = dts;
    pts = shown != Gst.NO_TIME ? shown : started ? pts + frameNanos : 0;
    if (started && pts < before) {
      if (before - pts > LONGEST_REORDERING_NANOS) {
        later.clear(); // the clock was set back
      } else if (reordered < MOST_REORDERED) {
        reordered++;
      }
    }
    later.add(pts);
    Long first = later.size() > reordered ? later.poll() : later.peek();
    long found = first == null ? pts : first;
    dts = Math.min(pts, started ? Math.max(before, found) : found);
    started = true;
  }

  /** Returns when the picture is shown, nanoseconds. */
  long ptsNanos() {
    return pts;
  }

  /** Returns when it is decoded, nanoseconds. */
  long dtsNanos() {
    return dts;
  }
}
