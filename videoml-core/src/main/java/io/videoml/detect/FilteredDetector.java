package io.videoml.detect;

import io.videoml.frame.Frame;
import java.util.List;
import java.util.Set;

/** Reports only objects of some classes. */
final class FilteredDetector implements Detector {
  private final Detector detector;
  private final Set<String> labels;

  FilteredDetector(Detector detector, Set<String> labels) {
    this.detector = detector;
    this.labels = Set.copyOf(labels);
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("at least one label must be wanted, there were none");
    }
  }

  @Override
  public List<Detections> detect(List<? extends Frame> frames) {
    return detector.detect(frames).stream()
        .map(found -> found.filter(detection -> labels.contains(detection.label())))
        .toList();
  }

  @Override
  public int maxBatch() {
    return detector.maxBatch();
  }

  @Override
  public void close() {
    detector.close();
  }
}
