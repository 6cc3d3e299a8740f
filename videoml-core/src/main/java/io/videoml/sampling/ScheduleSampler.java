package io.videoml.sampling;

import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.source.DecodeDemand;

/**
 * Keeps frames that were captured at certain times of the week, or at all others.
 *
 * <p>Where nothing is to be kept it asks for key frames only, by which it notices the time; and it
 * begins with one of those, as everything else would miss what it refers to.
 */
final class ScheduleSampler implements FrameSampler {
  private static final SamplingDecision KEEP = SamplingDecision.keep("schedule");
  private static final SamplingDecision DROP = SamplingDecision.drop("schedule");

  private final WeekSchedule schedule;
  private final boolean inside;
  private boolean keeping = true;

  /**
   * @param inside whether to keep what lies inside of the times, rather than outside
   */
  ScheduleSampler(WeekSchedule schedule, boolean inside) {
    if (schedule.isEmpty()) {
      throw new IllegalArgumentException(
          "a schedule needs at least one time; add one by daily(), workdays() or on()");
    }
    this.schedule = schedule;
    this.inside = inside;
  }

  @Override
  public SamplingDecision decide(Frame frame) {
    FrameInfo info = frame.info();
    boolean wanted = schedule.contains(info.time().captured()) == inside;
    keeping = wanted && (keeping || info.keyFrame());
    return keeping ? KEEP : DROP;
  }

  @Override
  public DecodeDemand demand() {
    return keeping ? DecodeDemand.ALL : DecodeDemand.KEY_FRAMES;
  }

  @Override
  public FrameSampler not() {
    return new ScheduleSampler(schedule, !inside);
  }
}
