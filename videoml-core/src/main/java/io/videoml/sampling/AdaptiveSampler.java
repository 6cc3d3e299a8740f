package io.videoml.sampling;

import static java.util.Objects.requireNonNull;

import io.videoml.detect.Detections;
import io.videoml.frame.Frame;
import io.videoml.motion.MotionMeter;
import io.videoml.motion.MotionRegion;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Keeps frames at a rate that follows what happens: fast while objects are found or the picture
 * changes, slow while nothing does.
 *
 * <p>The first frame of a run is kept, at the base rate. Every later one that is kept is a look at
 * the scene, and before the next is due:
 *
 * <ol>
 *   <li>{@code seen = 0.5 * detections + 10 * motion}. Detections is the number of objects in the
 *       newest {@link #feedback} so far, of whichever frame; 0 before the first, and always without
 *       a detector. Motion is the share of pixels that changed since the frame kept before, by
 *       {@link MotionMeter}; 0 where it cannot tell, as after damage.
 *   <li>{@code activity = 0.7 * activity + 0.3 * seen}, from 0 on.
 *   <li>The rate doubles where the activity is above 1, else it falls to nine tenths; it stays
 *       within 0.1 and 10 frames per second.
 * </ol>
 *
 * <p>Dropped frames cost a comparison of times. A low rate is also slow to notice: what begins
 * right after a frame is seen at the next, 10 s later at the lowest rate, and as the activity is
 * smoothed, it may take several to raise the rate; two objects alone never do, with the weights
 * above. Where that is too late, combine with a sampler that sees every frame, by {@link #or}.
 *
 * <p>All times are media time; a time that goes back starts a new run, at the base rate. Feedback
 * comes as soon as the detector has it: with one, two runs over the same file need not keep the
 * same frames.
 *
 * <p>Threading: as every sampler; the state can be read from any thread.
 */
public final class AdaptiveSampler implements FrameSampler {
  private static final SamplingDecision KEEP = SamplingDecision.keep("adaptive");
  private static final SamplingDecision DROP = SamplingDecision.drop("adaptive");

  private final AdaptiveRate rate;
  private final Supplier<Function<Frame, OptionalDouble>> meters;
  private Function<Frame, OptionalDouble> meter;
  private int detections;
  private boolean started;
  private long lastNanos;
  private long dueNanos;

  private AdaptiveSampler(Builder settings) {
    this.rate = new AdaptiveRate(settings);
    this.meters =
        settings.motionWeight > 0
            ? () -> settings.meters.apply(settings.region)
            : () -> frame -> OptionalDouble.empty();
    this.meter = meters.get();
  }

  /** Returns a builder; what it is not told is as in the description of this class. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public SamplingDecision decide(Frame frame) {
    long now = frame.info().time().pts().toNanos();
    boolean first = !started || now < lastNanos;
    lastNanos = now;
    if (first) {
      restart(now);
    } else if (now + RateLimitSampler.roundingNanos(rate.intervalNanos()) < dueNanos) {
      return DROP;
    }
    double motion = meter.apply(frame).orElse(0);
    if (!first) {
      rate.update(detections, motion);
    }
    long interval = rate.intervalNanos();
    // Counted from when this was due, so that a rate that does not divide the stream's is kept to
    // in the long run; but what a gap left out is not made up for.
    dueNanos = Math.max(dueNanos, now - interval / 2) + interval;
    return KEEP.withScore(rate.activity());
  }

  private void restart(long now) {
    if (started) {
      rate.reset();
      detections = 0;
      meter = meters.get();
    }
    started = true;
    dueNanos = now;
  }

  @Override
  public void feedback(Detections found) {
    detections = found.size();
  }

  /** Returns the rate that frames are kept at now, in frames per second of media time. */
  public double rate() {
    return rate.hertz();
  }

  /** Returns the smoothed activity; 0 while nothing happens. Also the score of what is kept. */
  public double activity() {
    return rate.activity();
  }

  /** Returns the time from one kept frame to the next: one over {@link #rate}. */
  public Duration interval() {
    return Duration.ofNanos(rate.intervalNanos());
  }

  /** Collects the settings of an adaptive sampler. */
  public static final class Builder {
    double baseRate = 1;
    double minRate = 0.1;
    double maxRate = 10;
    double detectionWeight = 0.5;
    double motionWeight = 10;
    double smoothing = 0.7;
    double threshold = 1;
    double raise = 2;
    double lower = 0.9;
    MotionRegion region = MotionRegion.whole();
    Function<MotionRegion, Function<Frame, OptionalDouble>> meters =
        where -> new MotionMeter(where)::measure;

    private Builder() {}

    private Builder(Builder other) {
      baseRate = other.baseRate;
      minRate = other.minRate;
      maxRate = other.maxRate;
      detectionWeight = other.detectionWeight;
      motionWeight = other.motionWeight;
      smoothing = other.smoothing;
      threshold = other.threshold;
      raise = other.raise;
      lower = other.lower;
      region = other.region;
      meters = other.meters;
    }

    /** Starts at so many frames per second. Default: 1. */
    public Builder baseRate(double hertz) {
      baseRate = rate(hertz, "baseRate");
      return this;
    }

    /** Never falls below so many frames per second. Default: 0.1. */
    public Builder minRate(double hertz) {
      minRate = rate(hertz, "minRate");
      return this;
    }

    /** Never rises above so many frames per second. Default: 10. */
    public Builder maxRate(double hertz) {
      maxRate = rate(hertz, "maxRate");
      return this;
    }

    /** Sets what one object adds to the activity, 0 to 1e9. Default: 0.5. */
    public Builder detectionWeight(double weight) {
      detectionWeight = weight(weight, "detectionWeight");
      return this;
    }

    /**
     * Sets what a wholly changed picture adds to the activity, 0 to 1e9. Default: 10. With 0
     * pictures are not looked at.
     */
    public Builder motionWeight(double weight) {
      motionWeight = weight(weight, "motionWeight");
      return this;
    }

    /** Sets how much of the activity stays at each kept frame, from 0 to 1. Default: 0.7. */
    public Builder smoothing(double share) {
      smoothing = within(share, 0, 1, "smoothing");
      return this;
    }

    /** Raises the rate where the activity is above this. Default: 1. */
    public Builder threshold(double activity) {
      threshold = within(activity, 0, Double.MAX_VALUE, "threshold");
      return this;
    }

    /** Raises the rate to so many times what it was. Default: 2. */
    public Builder raiseBy(double factor) {
      raise = within(factor, 1, Double.MAX_VALUE, "raiseBy");
      return this;
    }

    /** Lowers the rate to this share of what it was, above 0. Default: 0.9. */
    public Builder lowerBy(double factor) {
      lower = within(factor, Double.MIN_NORMAL, 1, "lowerBy");
      return this;
    }

    /** Looks for motion there only. Default: the whole picture. */
    public Builder region(MotionRegion where) {
      region = requireNonNull(where, "region");
      return this;
    }

    /** Measures motion by others than {@link MotionMeter}; a new one for each run. */
    Builder meters(Function<MotionRegion, Function<Frame, OptionalDouble>> newMeters) {
      meters = requireNonNull(newMeters, "meters");
      return this;
    }

    /**
     * Returns the sampler. Settings made afterwards do not reach it.
     *
     * @throws IllegalArgumentException if the base rate does not lie between the lowest and the
     *     highest
     */
    public AdaptiveSampler build() {
      if (!(minRate <= baseRate && baseRate <= maxRate)) {
        throw new IllegalArgumentException(
            "rates must be minRate <= baseRate <= maxRate, were %s, %s and %s Hz"
                .formatted(minRate, baseRate, maxRate));
      }
      return new AdaptiveSampler(new Builder(this));
    }

    /** Between one frame in 31 years and one a nanosecond, so that intervals can be counted. */
    private static double rate(double hertz, String name) {
      return within(hertz, 1e-9, 1e9, name);
    }

    /** So small at most that the activity stays finite. */
    private static double weight(double weight, String name) {
      return within(weight, 0, 1e9, name);
    }

    private static double within(double value, double least, double most, String name) {
      if (!(value >= least && value <= most)) { // also refuses NaN
        throw new IllegalArgumentException(
            "%s must be within %s..%s, was %s".formatted(name, least, most, value));
      }
      return value;
    }
  }
}
