package io.videoml.pipeline;

import io.videoml.detect.Detections;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.OwnedFrame;
import io.videoml.metrics.DropReason;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Takes kept frames through the stages, and hands results to the sinks. Lives on the run's worker
 * thread.
 */
final class StageWorker {
  private final String stream;
  private final LiveCascade stages;
  private final Mailbox mailbox;
  private final RunCounters counters;
  private final Sinks sinks;
  private final BiConsumer<FrameInfo, Detections> feedback;
  private final RunHost host;

  StageWorker(
      String stream,
      LiveCascade stages,
      Mailbox mailbox,
      RunCounters counters,
      Sinks sinks,
      BiConsumer<FrameInfo, Detections> feedback,
      RunHost host) {
    this.stream = stream;
    this.stages = stages;
    this.mailbox = mailbox;
    this.counters = counters;
    this.sinks = sinks;
    this.feedback = feedback;
    this.host = host;
  }

  /** Works until the mailbox has ended and is empty, or the thread is interrupted. */
  void workAll() {
    try {
      while (mailbox.awaitFrame()) {
        workOnNewest();
      }
    } catch (InterruptedException e) {
      counters.closed(mailbox.discard());
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for its turn with empty hands, since a newer frame may come meanwhile. */
  private void workOnNewest() throws InterruptedException {
    try (RunHost.Turn turn = stages.detects() ? host.takeTurn() : RunHost.Turn.FREE) {
      Optional<KeptFrame> newest = mailbox.poll();
      if (newest.isPresent()) { // else they were discarded
        work(newest.get(), turn);
      }
    }
  }

  private void work(KeptFrame kept, RunHost.Turn turn) {
    try (OwnedFrame frame = kept.frame()) {
      StageCounter waiting = counters.funnel().mailbox();
      if (!host.fresh(frame.info())) {
        turn.unused();
        counters.dropped(waiting, DropReason.STALE, 1);
        return;
      }
      waiting.passed();
      Passage passage =
          new Passage(stream, kept, (found, first) -> found(frame.info(), found, first));
      if (goesThrough(passage, turn)) {
        turn.close(); // a sink that takes its time holds up nobody else
        FrameResult result = passage.soFar();
        counters.kept(result.detections(), result.total().toNanos());
        sinks.accept(frame, result);
      }
    }
  }

  /** Counts what a detector found, and tells the sampler of what the first one did. */
  private void found(FrameInfo frame, Detections detections, boolean first) {
    counters.detected(detections);
    if (first) {
      feedback.accept(frame, detections);
    }
  }

  private boolean goesThrough(Passage passage, RunHost.Turn turn) {
    int entered = -1;
    for (LiveCascade.Step step : stages.steps()) {
      if (step.undetecting()) {
        turn.close(); // nor does a slow uplink
      }
      if (step.stage() > entered) {
        leave(entered);
        entered = step.stage();
      }
      StageCounter stage = counters.funnel().cascade(entered);
      Optional<DropReason> stops;
      try {
        stops = step.work().on(passage);
      } catch (RuntimeException e) {
        counters.failed(stage);
        String what = step.what() + " failed at frame " + passage.frame().info().index() + ": " + e;
        step.failures().report(what, e);
        sinks.event(PipelineEvent.Type.FRAME_FAILED, what);
        return false;
      } catch (Error e) {
        counters.failed(stage);
        throw e;
      }
      if (stops.isPresent()) {
        counters.dropped(stage, stops.get(), 1);
        return false;
      }
    }
    leave(entered);
    return true;
  }

  private void leave(int stage) {
    if (stage >= 0) {
      counters.funnel().cascade(stage).passed();
    }
  }
}
