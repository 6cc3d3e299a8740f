package io.videoml.pipeline;

import static java.util.Objects.requireNonNull;

import io.videoml.detect.Detections;
import io.videoml.frame.Frame;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** One frame on its way through the stages, and what they found in it so far. */
final class Passage {
  private final String stream;
  private final KeptFrame kept;
  private final Finding finding;
  private final Map<String, Detections> found = new HashMap<>();
  private Detections latest = Detections.NONE;

  Passage(String stream, KeptFrame kept, Finding finding) {
    this.stream = stream;
    this.kept = kept;
    this.finding = finding;
  }

  /** Told of everything that is found. */
  interface Finding {
    void found(Detections detections, boolean byTheFirst);
  }

  Frame frame() {
    return kept.frame();
  }

  Duration pts() {
    return frame().info().time().pts();
  }

  /** Takes what a detector found. */
  void found(String detector, Detections detections) {
    finding.found(detections, /* byTheFirst= */ found.isEmpty());
    found.put(detector, detections);
    latest = detections;
  }

  /** Returns what a detector found that was asked before. */
  Detections foundBy(String detector) {
    return requireNonNull(found.get(detector), detector);
  }

  /** Returns the result, if nothing more is found. */
  FrameResult soFar() {
    Frame frame = frame();
    long nanos = Math.max(0, System.nanoTime() - frame.info().time().arrivalNanos());
    return new FrameResult(
        stream,
        frame.info(),
        kept.decision(),
        latest,
        Duration.ofNanos(nanos),
        frame.position(),
        found);
  }
}
