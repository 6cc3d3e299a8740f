package io.videoml.source;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is known of an open stream.
 *
 * @param codec short name, as {@code "h264"}
 * @param width pixels, as displayed
 * @param height pixels, as displayed
 * @param frameRate nominal frames per second; empty where the stream does not say
 * @param duration empty for live streams and where the container does not say
 * @param decoder the decoder in use, as {@code "h264"} or {@code "h264_cuvid"}
 * @param hardware the device that decodes, as {@code "cuda"}; empty where the CPU does
 * @param sleep whether less is decoded at the moment since nothing moves
 */
public record StreamInfo(
    String codec,
    int width,
    int height,
    OptionalDouble frameRate,
    Optional<Duration> duration,
    String decoder,
    Optional<String> hardware,
    SleepStatus sleep) {

  /** Nothing is known yet. */
  public static final StreamInfo UNKNOWN =
      new StreamInfo("", 0, 0, OptionalDouble.empty(), Optional.empty(), "", Optional.empty());

  public StreamInfo {
    requireNonNull(codec, "codec");
    requireNonNull(frameRate, "frameRate");
    requireNonNull(duration, "duration");
    requireNonNull(decoder, "decoder");
    requireNonNull(hardware, "hardware");
    requireNonNull(sleep, "sleep");
  }

  /** Describes a stream that does not sleep. */
  public StreamInfo(
      String codec,
      int width,
      int height,
      OptionalDouble frameRate,
      Optional<Duration> duration,
      String decoder,
      Optional<String> hardware) {
    this(codec, width, height, frameRate, duration, decoder, hardware, SleepStatus.OFF);
  }

  /** Returns this with another state of sleep. */
  public StreamInfo withSleep(SleepStatus status) {
    return new StreamInfo(codec, width, height, frameRate, duration, decoder, hardware, status);
  }
}
