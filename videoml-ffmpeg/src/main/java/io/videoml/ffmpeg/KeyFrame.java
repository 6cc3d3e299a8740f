package io.videoml.ffmpeg;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Where a key frame stands in its stream.
 *
 * @param index zero-based position among all frames, in presentation order
 * @param time media time since the first frame
 */
public record KeyFrame(long index, Duration time) {
  public KeyFrame {
    requireNonNull(time, "time");
    if (index < 0 || time.isNegative()) {
      throw new IllegalArgumentException(
          "index and time must not be negative: " + index + ", " + time);
    }
  }
}
