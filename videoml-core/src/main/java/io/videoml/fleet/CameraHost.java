package io.videoml.fleet;

import io.videoml.detect.Detector;
import io.videoml.frame.FrameInfo;
import io.videoml.pipeline.PipelineEvent;
import io.videoml.pipeline.RunHost;
import java.util.function.Consumer;

/** One camera's place in its fleet. */
final class CameraHost implements RunHost {
  private final Priority priority;
  private final long freshNanos;
  private final Turnstile turns;
  private final FleetDetectors detectors;
  private final Consumer<PipelineEvent> onEvent;

  /**
   * @param freshNanos how old a frame may be when its turn comes
   */
  CameraHost(
      Priority priority,
      long freshNanos,
      Turnstile turns,
      FleetDetectors detectors,
      Consumer<PipelineEvent> onEvent) {
    this.priority = priority;
    this.freshNanos = freshNanos;
    this.turns = turns;
    this.detectors = detectors;
    this.onEvent = onEvent;
  }

  @Override
  public Turn takeTurn() throws InterruptedException {
    return turns.take(priority);
  }

  @Override
  public boolean fresh(FrameInfo frame) {
    return System.nanoTime() - frame.time().arrivalNanos() <= freshNanos;
  }

  @Override
  public Detector detector(String key, Detector detector) {
    return detectors.of(key, detector);
  }

  @Override
  public void onEvent(PipelineEvent event) {
    onEvent.accept(event);
  }
}
