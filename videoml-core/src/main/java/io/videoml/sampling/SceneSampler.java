package io.videoml.sampling;

import static java.util.Objects.requireNonNull;

import io.videoml.frame.Frame;
import io.videoml.motion.SceneMeter;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the first frame of each new scene: after a hard cut, and after black.
 *
 * <p>There is a {@code cut} where the change of the picture as a whole (see {@link SceneMeter}) is
 * at least the threshold and at least three times the average of the eight frames before it, which
 * a camera in motion changes as much. There is a {@code fade} where the picture has been black, its
 * root mean square below 16 of 255 levels, and reaches 32. A cut to black is none. Neither is the
 * first frame of a stream, nor a corrupt frame; where the size changes, nothing can be compared. A
 * scene that dissolves into the next without a black picture between them is not found.
 *
 * <p>Decides on the frame itself, without a look at later ones. The change is the decision's score.
 * Frames are dropped for the reason {@code same_scene}, or {@code min_length} where a scene has
 * begun too soon after the last.
 *
 * <p>Threading: as any {@link FrameSampler}.
 */
public final class SceneSampler implements FrameSampler {
  private static final SamplingDecision CUT = SamplingDecision.keep("cut");
  private static final SamplingDecision FADE = SamplingDecision.keep("fade");
  private static final SamplingDecision SAME_SCENE = SamplingDecision.drop("same_scene");
  private static final SamplingDecision MIN_LENGTH = SamplingDecision.drop("min_length");

  private static final double BLACK = 16;
  private static final double NO_LONGER_BLACK = 32;
  private static final double TIMES_THE_CHANGE_BEFORE = 3;

  private final double threshold;
  private final long minLengthNanos;
  private final SceneMeter meter = new SceneMeter();
  private final RecentMean before = new RecentMean(8);

  private long lastNanos;
  private boolean begun;
  private long begunNanos;
  private boolean black;

  private SceneSampler(Builder builder) {
    threshold = builder.threshold;
    minLengthNanos = TimeUnit.NANOSECONDS.convert(builder.minLength);
  }

  /** Returns a builder with the defaults that each option states. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public SamplingDecision decide(Frame frame) {
    long now = frame.info().time().pts().toNanos();
    if (now < lastNanos) {
      meter.forget();
      before.clear();
      begun = false;
      black = false;
    }
    lastNanos = now;
    if (frame.info().corrupt()) {
      return SAME_SCENE;
    }
    OptionalDouble measured = meter.measure(frame);
    boolean fromBlack = leavesBlack();
    if (measured.isEmpty()) {
      before.clear();
      return SAME_SCENE;
    }
    double change = measured.getAsDouble();
    boolean cut =
        !black && change >= threshold && change >= TIMES_THE_CHANGE_BEFORE * before.mean();
    before.add(change);
    if (!cut && !fromBlack) {
      return SAME_SCENE.withScore(change);
    }
    if (begun && now - begunNanos < minLengthNanos) {
      return MIN_LENGTH.withScore(change);
    }
    begun = true;
    begunNanos = now;
    return (cut ? CUT : FADE).withScore(change);
  }

  private boolean leavesBlack() {
    if (meter.brightness() < BLACK) {
      black = true;
    } else if (black && meter.brightness() >= NO_LONGER_BLACK) {
      black = false;
      return true;
    }
    return false;
  }

  /** The mean of the last few values; 0 before the first. */
  private static final class RecentMean {
    private final double[] values;
    private long count;

    RecentMean(int size) {
      values = new double[size];
    }

    void add(double value) {
      values[(int) (count++ % values.length)] = value;
    }

    void clear() {
      count = 0;
    }

    double mean() {
      int known = (int) Math.min(count, values.length);
      double sum = 0;
      for (int i = 0; i < known; i++) {
        sum += values[i];
      }
      return known == 0 ? 0 : sum / known;
    }
  }

  /** Options of a {@link SceneSampler}. */
  public static final class Builder {
    private double threshold = 6;
    private Duration minLength = Duration.ofMillis(500);

    private Builder() {}

    /**
     * Sets the least change that is a cut, as {@link SceneMeter} measures it; default 6. Lower
     * finds cuts between scenes that look alike, higher is safer with cameras in wild motion.
     *
     * @param change positive
     */
    public Builder threshold(double change) {
      this.threshold = change;
      return this;
    }

    /**
     * Sets the least media time from the beginning of one scene to that of the next; default 500
     * ms.
     *
     * @param length not negative
     */
    public Builder minLength(Duration length) {
      this.minLength = requireNonNull(length, "length");
      return this;
    }

    /**
     * Returns the sampler.
     *
     * @throws IllegalArgumentException if an option is out of its range
     */
    public SceneSampler build() {
      if (!(threshold > 0 && Double.isFinite(threshold))) {
        throw new IllegalArgumentException(
            "threshold must be positive and finite, was " + threshold);
      }
      if (minLength.isNegative()) {
        throw new IllegalArgumentException("minLength must not be negative, was " + minLength);
      }
      return new SceneSampler(this);
    }
  }
}
