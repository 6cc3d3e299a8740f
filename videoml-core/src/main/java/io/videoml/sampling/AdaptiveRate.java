package io.videoml.sampling;

/**
 * A rate that rises while there is activity and falls while there is none.
 *
 * <p>Threading: one thread updates, any reads.
 */
final class AdaptiveRate {
  private final AdaptiveSampler.Builder settings;
  private volatile double hertz;
  private volatile double activity;

  /**
   * @param settings not changed afterwards
   */
  AdaptiveRate(AdaptiveSampler.Builder settings) {
    this.settings = settings;
    this.hertz = settings.baseRate;
  }

  /** Starts again at the base rate, as if nothing had been seen. */
  void reset() {
    hertz = settings.baseRate;
    activity = 0;
  }

  /**
   * Takes one look at the scene into account.
   *
   * @param detections objects found
   * @param motion share of changed pixels
   */
  void update(int detections, double motion) {
    double seen = settings.detectionWeight * detections + settings.motionWeight * motion;
    double smoothed = seen + settings.smoothing * (activity - seen);
    double wanted = hertz * (smoothed > settings.threshold ? settings.raise : settings.lower);
    activity = smoothed;
    hertz = Math.max(settings.minRate, Math.min(settings.maxRate, wanted));
  }

  double hertz() {
    return hertz;
  }

  double activity() {
    return activity;
  }

  long intervalNanos() {
    return Math.round(1e9 / hertz);
  }
}
