package io.videoml.sampling;

import static java.util.Objects.requireNonNull;

import io.videoml.frame.Frame;
import io.videoml.motion.MotionMeter;
import io.videoml.motion.MotionRegion;
import io.videoml.source.DecodeDemand;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * Keeps frames in which much has changed since the frame before, but not too many in a row.
 *
 * <p>A frame is kept when the share of changed pixels (see {@link MotionMeter}) exceeds the
 * threshold, the least interval since the last kept frame has passed, and after that the frames of
 * the cool-down have gone by. The share is the decision's score. Frames are dropped for the reason
 * {@code no_motion}, or, where something moved, {@code min_interval} or {@code cooldown}. A corrupt
 * frame, the first, and one of another size than the one before have no score, and are no motion.
 *
 * <p>Threading: as any {@link FrameSampler}.
 */
public final class MotionSampler implements FrameSampler {
  private static final SamplingDecision MOTION = SamplingDecision.keep("motion");
  private static final SamplingDecision NO_MOTION = SamplingDecision.drop("no_motion");
  private static final SamplingDecision MIN_INTERVAL = SamplingDecision.drop("min_interval");
  private static final SamplingDecision COOLDOWN = SamplingDecision.drop("cooldown");

  private final MotionMeter meter;
  private final double threshold;
  private final long minIntervalNanos;
  private final int cooldown;
  private final boolean sleeping;

  private long lastNanos;
  private boolean kept;
  private long keptNanos;
  private int cooling;

  private MotionSampler(Builder builder) {
    meter = new MotionMeter(builder.region, builder.level);
    threshold = builder.threshold;
    minIntervalNanos = TimeUnit.NANOSECONDS.convert(builder.minInterval);
    cooldown = builder.cooldown;
    sleeping = builder.sleeping;
  }

  /** Returns a builder with the defaults that each option states. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public DecodeDemand demand() {
    return sleeping ? DecodeDemand.MOVING : DecodeDemand.ALL;
  }

  @Override
  public SamplingDecision decide(Frame frame) {
    long now = frame.info().time().pts().toNanos();
    if (now < lastNanos) {
      meter.forget();
      kept = false;
      cooling = 0;
    }
    lastNanos = now;
    OptionalDouble measured = meter.measure(frame);
    boolean waits = kept && !intervalPassed(now);
    boolean cools = !waits && cooling > 0;
    if (cools) {
      cooling--;
    }
    if (measured.isEmpty()) {
      return NO_MOTION;
    }
    double share = measured.getAsDouble();
    if (!(share > threshold)) {
      return NO_MOTION.withScore(share);
    }
    if (waits) {
      return MIN_INTERVAL.withScore(share);
    }
    if (cools) {
      return COOLDOWN.withScore(share);
    }
    kept = true;
    keptNanos = now;
    cooling = cooldown;
    return MOTION.withScore(share);
  }

  /**
   * Never true too early. A frame that comes after exactly the interval may have to wait: the
   * difference of two times in binary seconds is compared, as the reference does, because with it
   * 10 frames a second at 100 ms give the same frames.
   */
  private boolean intervalPassed(long now) {
    return now - keptNanos >= minIntervalNanos
        && now / 1e9 - keptNanos / 1e9 >= minIntervalNanos / 1e9;
  }

  /** Options of a {@link MotionSampler}. */
  public static final class Builder {
    private double threshold = 0.02;
    private Duration minInterval = Duration.ofMillis(100);
    private int cooldown = 5;
    private boolean sleeping;
    private MotionRegion region = MotionRegion.whole();
    private int level = MotionMeter.DEFAULT_LEVEL;

    private Builder() {}

    /**
     * Sets the share of changed pixels that is not yet motion; default 0.02.
     *
     * @param share from 0 to less than 1
     */
    public Builder threshold(double share) {
      this.threshold = share;
      return this;
    }

    /**
     * Sets the least media time from one kept frame to the next; default 100 ms.
     *
     * @param interval not negative
     */
    public Builder minInterval(Duration interval) {
      this.minInterval = requireNonNull(interval, "interval");
      return this;
    }

    /**
     * Sets how many frames are dropped after the least interval has passed; default 5.
     *
     * @param frames not negative
     */
    public Builder cooldown(int frames) {
      this.cooldown = frames;
      return this;
    }

    /**
     * Asks for no more than {@link DecodeDemand#MOVING}: a source that can tell decodes only key
     * frames while nothing moves. Off by default.
     */
    public Builder sleeping() {
      this.sleeping = true;
      return this;
    }

    /** Sets where pixels count; default the whole picture. */
    public Builder region(MotionRegion part) {
      this.region = requireNonNull(part, "part");
      return this;
    }

    /**
     * Sets the difference of grey levels that is not yet a change of a pixel; default 25.
     *
     * @param difference of 255, from 0 to 254
     */
    public Builder level(int difference) {
      this.level = difference;
      return this;
    }

    /**
     * Returns the sampler.
     *
     * @throws IllegalArgumentException if an option is out of its range
     */
    public MotionSampler build() {
      if (!(threshold >= 0 && threshold < 1)) {
        throw new IllegalArgumentException("threshold must be within 0..1, was " + threshold);
      }
      if (minInterval.isNegative()) {
        throw new IllegalArgumentException("minInterval must not be negative, was " + minInterval);
      }
      if (cooldown < 0) {
        throw new IllegalArgumentException("cooldown must not be negative, was " + cooldown);
      }
      return new MotionSampler(this);
    }
  }
}
