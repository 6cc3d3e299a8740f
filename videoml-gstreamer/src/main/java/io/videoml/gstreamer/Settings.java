package io.videoml.gstreamer;

import java.io.Serializable;
import java.time.Duration;

/**
 * What every stream is opened with, whatever its kind.
 *
 * @param id of the source, without credentials
 * @param live whether frames come at their own pace
 * @param connectTimeout until something answers
 * @param readTimeout until more of the stream comes
 * @param decoders which are tried
 * @param hardwareRequired whether a device must decode
 */
record Settings(
    String id,
    boolean live,
    Duration connectTimeout,
    Duration readTimeout,
    DecoderPreference decoders,
    boolean hardwareRequired)
    implements Serializable {

  /** Returns a time limit that is positive and at most a day. */
  static Duration limit(Duration time, String name) {
    java.util.Objects.requireNonNull(time, name);
    if (time.isNegative() || time.isZero() || time.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(name + " must be positive and at most a day, was " + time);
    }
    return time;
  }
}
