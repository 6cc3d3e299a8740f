package io.videoml.ffmpeg;

import io.videoml.frame.CaptureClock;
import io.videoml.frame.FrameTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Says when the pictures of one stream were taken, as well as can be told. */
final class CaptureTimes {
  private final boolean live;
  private @Nullable Instant anchor;

  /**
   * @param live whether the moment of arrival says more than media time
   */
  CaptureTimes(boolean live) {
    this.live = live;
  }

  /**
   * Returns all times of a picture.
   *
   * @param nanos its media time
   * @param arrival {@link System#nanoTime()} when it had been read
   * @param capturedMicros when it was taken by the camera's clock, since 1970; {@link
   *     SenderTime#UNKNOWN} where the camera does not say
   */
  FrameTime of(long nanos, long arrival, long capturedMicros) {
    Duration pts = Duration.ofNanos(nanos);
    if (capturedMicros != SenderTime.UNKNOWN) {
      Instant taken = Instant.EPOCH.plus(capturedMicros, ChronoUnit.MICROS);
      return new FrameTime(pts, taken, CaptureClock.RTCP_SENDER, arrival);
    }
    Instant start = anchor;
    if (start == null) {
      start = Instant.now().minusNanos(System.nanoTime() - arrival + nanos);
      anchor = start;
    }
    if (live) {
      Instant arrived = Instant.now().minusNanos(System.nanoTime() - arrival);
      return new FrameTime(pts, arrived, CaptureClock.ARRIVAL, arrival);
    }
    return new FrameTime(pts, start.plusNanos(nanos), CaptureClock.PTS_ANCHORED, arrival);
  }
}
