package io.videoml.fleet;

import io.videoml.pipeline.PipelineEvent;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** What a {@link FleetBuilder} collected. */
record FleetSettings(
    int maxConcurrent,
    int maxBatch,
    Duration maxDelay,
    Map<Priority, Integer> weights,
    Map<Priority, Duration> freshness,
    Consumer<PipelineEvent> onEvent) {

  /** Returns how many frames may be with the detectors at once: enough to fill every batch. */
  int turns() {
    return Math.toIntExact(Math.min(Integer.MAX_VALUE, (long) maxConcurrent * maxBatch));
  }
}
