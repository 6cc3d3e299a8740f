package io.videoml.cli.compare;

import io.videoml.metrics.DropReason;
import io.videoml.pipeline.RunSummary;
import java.time.Duration;
import java.util.List;

/**
 * How one strategy did.
 *
 * @param strategy as {@code --sampler} takes it
 * @param read frames of the video
 * @param decoded frames that were decoded
 * @param kept frames that reached the detector
 * @param cpu of the whole process while it ran
 * @param looks one for each kept frame, in the order of the video
 */
record Outcome(
    String strategy, long read, long decoded, long kept, Duration cpu, List<Look> looks) {

  static Outcome of(String strategy, RunSummary summary, Duration cpu, List<Look> looks) {
    long passedOver = summary.dropped().getOrDefault(DropReason.NOT_DEMANDED, 0L);
    return new Outcome(
        strategy, summary.read(), summary.read() - passedOver, summary.kept(), cpu, looks);
  }
}
