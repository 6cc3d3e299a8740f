package io.videoml.pipeline;

import io.videoml.metrics.DropReason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** The way of a run's frames, stage by stage: what comes out of one goes into the next. */
final class Funnel {
  private static final int DECODE = 0;
  private static final int SAMPLE = 1;
  private static final int MAILBOX = 2;
  private static final int CASCADE = 3;

  private final List<StageCounter> stages;
  private final int listed;

  Funnel(Cascade cascade) {
    Stream<String> always = Stream.of("decode", "sample", "mailbox");
    this.stages = Stream.concat(always, cascade.stages().stream()).map(StageCounter::new).toList();
    this.listed = cascade.filters() ? stages.size() : CASCADE;
  }

  /** Frames of the stream, not all of which the sampler gets to see. */
  StageCounter decode() {
    return stages.get(DECODE);
  }

  StageCounter sample() {
    return stages.get(SAMPLE);
  }

  /** Frames that wait for the worker. */
  StageCounter mailbox() {
    return stages.get(MAILBOX);
  }

  /** The stages of the cascade, by number from 0. */
  StageCounter cascade(int stage) {
    return stages.get(CASCADE + stage);
  }

  /**
   * Returns the counts of all stages, in order; those of a cascade only where it can stop frames.
   *
   * @param read tells how many frames were read
   * @param ended whether frames that are still inside will not come out
   */
  List<StageSummary> summaries(LongSupplier read, boolean ended) {
    String lost = ended ? DropReason.CLOSED.code() : "";
    List<StageSummary> summaries = new ArrayList<>();
    for (int i = listed - 1; i >= 0; i--) { // backwards: see StageCounter.summary
      LongSupplier in = i == 0 ? read : stages.get(i - 1)::out;
      summaries.add(stages.get(i).summary(in, lost));
    }
    Collections.reverse(summaries);
    return summaries;
  }
}
