package io.videoml.resilience;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long each layer of an open stream may be silent before the stream counts as dead and is
 * opened anew: the data, the frames, and, if wanted, a changing picture. Only time spent waiting
 * for the source counts.
 *
 * <p>Threading: immutable.
 */
public final class Liveness implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Liveness DEFAULTS =
      new Liveness(
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(20),
          null);

  private final Duration bytes;
  private final Duration frames;
  private final Duration keyFrames;
  private final Duration firstFrame;
  private final @Nullable Duration changes;

  private Liveness(
      Duration bytes,
      Duration frames,
      Duration keyFrames,
      Duration firstFrame,
      @Nullable Duration changes) {
    this.bytes = bytes;
    this.frames = frames;
    this.keyFrames = keyFrames;
    this.firstFrame = firstFrame;
    this.changes = changes;
  }

  /**
   * Returns the defaults: 5 s without data, 10 s without a frame, 30 s where only key frames are
   * demanded, 20 s from connecting to the first frame; a picture may stay the same for ever.
   */
  public static Liveness defaults() {
    return DEFAULTS;
  }

  /** Sets how long no data may come; no effect on readers that cannot tell. Default: 5 s. */
  public Liveness bytesWithin(Duration time) {
    return new Liveness(positive(time, "bytes"), frames, keyFrames, firstFrame, changes);
  }

  /**
   * Sets how long no frame may come, delivered or passed over, while every frame is demanded.
   * Default: 10 s.
   */
  public Liveness framesWithin(Duration time) {
    return new Liveness(bytes, positive(time, "frames"), keyFrames, firstFrame, changes);
  }

  /**
   * Sets how long no frame may come while only key frames are demanded, or what moves: longer than
   * the camera's longest group of pictures. Default: 30 s.
   */
  public Liveness keyFramesWithin(Duration time) {
    return new Liveness(bytes, frames, positive(time, "keyFrames"), firstFrame, changes);
  }

  /**
   * Sets how long it may take from the start of connecting until the first frame. Default: 20 s.
   */
  public Liveness firstFrameWithin(Duration time) {
    return new Liveness(bytes, frames, keyFrames, positive(time, "firstFrame"), changes);
  }

  /**
   * Requires the picture to change: a camera whose frames come but all look alike to the last grey
   * level is dead, since a sensor is never free of noise. Not for synthetic pictures, nor for
   * encoders so coarse that they leave the noise out. Default: not required.
   */
  public Liveness changesWithin(Duration time) {
    return new Liveness(bytes, frames, keyFrames, firstFrame, positive(time, "changes"));
  }

  Duration bytes() {
    return bytes;
  }

  Duration frames() {
    return frames;
  }

  Duration keyFrames() {
    return keyFrames;
  }

  Duration firstFrame() {
    return firstFrame;
  }

  Optional<Duration> changes() {
    return Optional.ofNullable(changes);
  }

  private static Duration positive(Duration time, String name) {
    if (requireNonNull(time, name).isNegative()
        || time.isZero()
        || time.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(name + " must be positive and at most a day, was " + time);
    }
    return time;
  }

  @Override
  public String toString() {
    return "Liveness[bytes=%s, frames=%s, keyFrames=%s, firstFrame=%s, changes=%s]"
        .formatted(bytes, frames, keyFrames, firstFrame, changes);
  }
}
