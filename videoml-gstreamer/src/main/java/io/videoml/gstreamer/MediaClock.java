package io.videoml.gstreamer;

/**
 * Makes media time of a stream's timestamps: from 0 at the first frame, and never back. Where they
 * jump, a new run begins, one frame after the last.
 */
final class MediaClock {
  private static final long DEFAULT_FRAME_NANOS = 40_000_000;

  private final long maxStepNanos;
  private long frameNanos = DEFAULT_FRAME_NANOS;
  private boolean started;
  private long offset;
  private long last;

  /**
   * @param maxStepNanos a longer step forward than this is a jump
   */
  MediaClock(long maxStepNanos) {
    this.maxStepNanos = maxStepNanos;
  }

  /** Sets how long a frame lasts, for those without a timestamp. */
  void frameRate(double hertz) {
    frameNanos = Math.round(1e9 / hertz);
  }

  /**
   * Returns the media time of the next frame, nanoseconds.
   *
   * @param pts of the stream, nanoseconds, or {@link Gst#NO_TIME}
   */
  long at(long pts) {
    if (!started) {
      started = true;
      offset = pts == Gst.NO_TIME ? 0 : -pts;
      last = 0;
      return 0;
    }
    if (pts == Gst.NO_TIME) {
      last += frameNanos;
      return last;
    }
    long time = pts + offset;
    if (time < last || time - last > maxStepNanos) {
      time = last + frameNanos;
      offset = time - pts;
    }
    last = time;
    return time;
  }
}
