package io.videoml.frame;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * When a frame was shown, taken and received: three different questions.
 *
 * @param pts media time since the first frame of the stream; never negative
 * @param captured when the picture was taken, as well as {@code capturedFrom} can tell
 * @param capturedFrom how {@code captured} is known
 * @param arrivalNanos {@link System#nanoTime()} when the frame's data arrived at the reader;
 *     latency is measured from it
 */
public record FrameTime(
    Duration pts, Instant captured, CaptureClock capturedFrom, long arrivalNanos)
    implements Serializable {
  public FrameTime {
    requireNonNull(pts, "pts");
    requireNonNull(captured, "captured");
    requireNonNull(capturedFrom, "capturedFrom");
    if (pts.isNegative()) {
      throw new IllegalArgumentException("pts must not be negative, was " + pts);
    }
  }

  /** Returns a time whose capture is its arrival, now. */
  public static FrameTime arrivingNow(Duration pts) {
    return new FrameTime(pts, Instant.now(), CaptureClock.ARRIVAL, System.nanoTime());
  }
}
