package io.videoml.pipeline;

import static java.util.Objects.requireNonNull;

import io.videoml.detect.Detections;
import io.videoml.detect.Detector;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.OwnedFrame;
import io.videoml.metrics.DropReason;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes kept frames, detects, and hands results to the sinks. Lives on the run's worker thread. */
final class DetectionWorker {
  private final String stream;
  private final Optional<Detector> detector;
  private final Mailbox mailbox;
  private final RunCounters counters;
  private final Sinks sinks;
  private final Consumer<Detections> feedback;
  private final FailureLog failures;

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
    this.failures = new FailureLog(stream);
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
      Detections found;
      try {
        found = detect(frame);
      } catch (RuntimeException e) {
        counters.failed();
        String what = "detector failed at frame " + frame.info().index() + ": " + e;
        failures.report(what, e);
        sinks.event(PipelineEvent.Type.FRAME_FAILED, what);
        return;
      } catch (Error e) {
        counters.failed();
        throw e;
      }
      deliver(frame, kept, found);
    }
  }

  private Detections detect(OwnedFrame frame) {
    if (detector.isEmpty()) {
      return Detections.NONE;
    }
    Detections found = requireNonNull(detector.get().detect(frame), "the detector returned null");
    counters.detected(found);
    return found;
  }

  private void deliver(OwnedFrame frame, KeptFrame kept, Detections found) {
    FrameInfo info = frame.info();
    long totalNanos = Math.max(0, System.nanoTime() - info.time().arrivalNanos());
    counters.kept(found, totalNanos);
    if (detector.isPresent()) {
      feedback.accept(found);
    }
    sinks.accept(
        frame,
        new FrameResult(
            stream, info, kept.decision(), found, Duration.ofNanos(totalNanos), frame.position()));
  }
}
