package io.videoml.fleet;

import io.videoml.detect.Detections;
import io.videoml.detect.Detector;
import io.videoml.frame.Frame;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * What the cameras of a fleet detect with. Where they share batches: one gathering for each
 * detector that gains by it, and a limit on calls over all detectors, since more frames than calls
 * have a turn then.
 */
final class FleetDetectors {
  private final int maxBatch;
  private final Duration maxDelay;
  private final Semaphore calls;
  private final Map<String, Shared> shared = new HashMap<>(); // guarded by this

  FleetDetectors(FleetSettings settings) {
    this.maxBatch = settings.maxBatch();
    this.maxDelay = settings.maxDelay();
    this.calls = new Semaphore(settings.maxConcurrent(), /* fair= */ true);
  }

  /** A detector, which others own, and what stands in front of it. */
  private record Shared(Detector detector, Detector front) {}

  /** Returns what stands in front of a detector; the same for all cameras. */
  synchronized Detector of(String key, Detector detector) {
    if (maxBatch == 1) {
      return detector;
    }
    Shared known = shared.get(key);
    if (known == null || known.detector != detector) { // all had gone, and it was made anew
      known = new Shared(detector, front(detector));
      shared.put(key, known);
    }
    return known.front;
  }

  private Detector front(Detector detector) {
    Detector counted = new Counted(detector, calls);
    int most = Math.min(maxBatch, detector.maxBatch());
    return most > 1 ? counted.batched(most, maxDelay) : counted;
  }

  /** One of several detectors that share a number of calls. */
  private record Counted(Detector detector, Semaphore calls) implements Detector {
    @Override
    public List<Detections> detect(List<? extends Frame> frames) {
      try {
        calls.acquire();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for a free detector", e);
      }
      try {
        return detector.detect(frames);
      } finally {
        calls.release();
      }
    }

    @Override
    public int maxBatch() {
      return detector.maxBatch();
    }

    /** Does nothing: the detector is not the fleet's. */
    @Override
    public void close() {}
  }
}
