package io.videoml.ffmpeg;

import static java.util.Objects.requireNonNull;

import io.videoml.motion.MotionRegion;
import java.io.Serializable;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * When a stream that is read for what moves ({@link io.videoml.source.DecodeDemand#MOVING}) falls
 * asleep, and what wakes it.
 *
 * <p>Threading: immutable.
 */
public final class SleepSettings implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final SleepSettings DEFAULTS = builder().build();

  private final double wakeShare;
  private final Duration stayAwake;
  private final int maxBytes;
  private final int everyNthKeyFrame;
  private final Duration longestGroup;
  private final MotionRegion region;
  // NaN for none, since an OptionalDouble does not travel.
  private final double packetFactor;

  private SleepSettings(Builder builder) {
    wakeShare = builder.wakeShare;
    stayAwake = builder.stayAwake;
    maxBytes = builder.maxBytes;
    everyNthKeyFrame = builder.everyNthKeyFrame;
    longestGroup = builder.longestGroup;
    region = builder.region;
    packetFactor = builder.packetFactor;
  }

  /** Returns the settings that hold unless told otherwise. */
  public static SleepSettings defaults() {
    return DEFAULTS;
  }

  /** Starts with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  double wakeShare() {
    return wakeShare;
  }

  Duration stayAwake() {
    return stayAwake;
  }

  int maxBytes() {
    return maxBytes;
  }

  int everyNthKeyFrame() {
    return everyNthKeyFrame;
  }

  Duration longestGroup() {
    return longestGroup;
  }

  MotionRegion region() {
    return region;
  }

  OptionalDouble packetFactor() {
    return Double.isNaN(packetFactor) ? OptionalDouble.empty() : OptionalDouble.of(packetFactor);
  }

  /** Collects settings. */
  public static final class Builder {
    private double wakeShare = 0.005;
    private Duration stayAwake = Duration.ofSeconds(5);
    private int maxBytes = 16 << 20;
    private int everyNthKeyFrame = 1;
    private Duration longestGroup = Duration.ofSeconds(10);
    private MotionRegion region = MotionRegion.whole();
    private double packetFactor = Double.NaN;

    private Builder() {}

    /**
     * Sets the share of pixels that must have changed from one key frame to the next for waking,
     * and between looks while awake for staying awake; the default is 0.005.
     *
     * @throws IllegalArgumentException if it is not within 0 to 1
     */
    public Builder wakeAbove(double share) {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("share must be within 0..1, was " + share);
      }
      wakeShare = share;
      return this;
    }

    /**
     * Sets how long it must have been quiet, in media time, before it falls asleep at the next key
     * frame; the default is 5 seconds.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder stayAwake(Duration time) {
      stayAwake = positive(time, "stayAwake");
      return this;
    }

    /**
     * Sets how many bytes of compressed packets may be held while asleep; the default is 16 MiB. A
     * stream whose groups of pictures take more stays awake.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder maxBytes(int bytes) {
      maxBytes = positive(bytes, "maxBytes");
      return this;
    }

    /**
     * Looks only at every n-th key frame: costs that much less while asleep, and wakes that much
     * later. More packets are held. The key frames between are passed over. The default is 1.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder everyNthKeyFrame(int n) {
      everyNthKeyFrame = positive(n, "n");
      return this;
    }

    /**
     * Sets the longest time from one key frame to the next, in media time, with which it sleeps;
     * the default is 10 seconds. What comes and goes between two key frames is missed while asleep.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder longestGroup(Duration time) {
      longestGroup = positive(time, "longestGroup");
      return this;
    }

    /** Sets where in the picture motion counts; the default is everywhere. */
    public Builder lookAt(MotionRegion part) {
      region = requireNonNull(part, "part");
      return this;
    }

    /**
     * Also wakes when a packet between key frames is larger than so many times the median of the
     * packets before it: sooner than the next key frame could, and more often for nothing. Off by
     * default.
     *
     * @throws IllegalArgumentException if it is not above 1 and finite
     */
    public Builder wakeOnPacketsAbove(double factor) {
      if (!(factor > 1 && factor < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("factor must be above 1 and finite, was " + factor);
      }
      packetFactor = factor;
      return this;
    }

    /** Returns the settings. */
    public SleepSettings build() {
      return new SleepSettings(this);
    }

    private static Duration positive(Duration time, String name) {
      if (requireNonNull(time, name).isNegative() || time.isZero()) {
        throw new IllegalArgumentException(name + " must be positive, was " + time);
      }
      return time;
    }

    private static int positive(int value, String name) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " must be positive, was " + value);
      }
      return value;
    }
  }
}
