package io.videoml.pipeline;

import io.videoml.detect.Detections;
import io.videoml.detect.Detector;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.OwnedFrame;
import io.videoml.metrics.DropReason;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes kept frames, detects, and hands results to the sinks. Lives on the run's worker thread. */
final class DetectionWorker {
  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  private final String stream;
  private final Optional<Detector> detector;
  private final Mailbox mailbox;
  private final RunCounters counters;
  private final Sinks sinks;
  private final Consumer<Detections> feedback;

  DetectionWorker(
      String stream,
      Optional<Detector> detector,
      Mailbox mailbox,
      RunCounters counters,
      Sinks sinks,
      Consumer<Detections> feedback) {
    this.stream = stream;
    this.detector = detector;
    this.mailbox = mailbox;
    this.counters = counters;
    this.sinks = sinks;
    this.feedback = feedback;
  }

  /** Works until the mailbox has ended and is empty, or the thread is interrupted. */
  void workAll() {
    try {
      for (Optional<KeptFrame> next = mailbox.take(); next.isPresent(); next = mailbox.take()) {
        work(next.get());
      }
    } catch (InterruptedException e) {
      counters.dropped(DropReason.CLOSED, mailbox.discard());
      Thread.currentThread().interrupt();
    }
  }

  private void work(KeptFrame kept) {
    try (OwnedFrame frame = kept.frame()) {
      FrameInfo info = frame.info();
      Detections found;
      try {
        found = detector.isPresent() ? detector.get().detect(frame) : Detections.NONE;
      } catch (RuntimeException e) {
        counters.failed();
        LOG.warn("{}: detection failed at frame {}: {}", stream, info.index(), e.toString(), e);
        sinks.event(
            PipelineEvent.Type.FRAME_FAILED, "detector failed at frame " + info.index() + ": " + e);
        return;
      }
      long totalNanos = Math.max(0, System.nanoTime() - info.time().arrivalNanos());
      if (detector.isPresent()) {
        counters.detected(found);
        feedback.accept(found);
      }
      counters.kept(found, totalNanos);
      sinks.accept(
          frame,
          new FrameResult(
              stream,
              info,
              kept.decision(),
              found,
              Duration.ofNanos(totalNanos),
              frame.position()));
    }
  }
}
