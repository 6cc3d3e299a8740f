package io.videoml.detect;

import io.videoml.frame.Frame;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Bounds how many calls run at once; first come, first served. */
final class LimitedDetector implements Detector {
  private final Detector detector;
  private final Semaphore permits;

  LimitedDetector(Detector detector, int calls) {
    if (calls < 1) {
      throw new IllegalArgumentException(
          "at least one call must be allowed at a time, was " + calls);
    }
    this.detector = detector;
    this.permits = new Semaphore(calls, /* fair= */ true);
  }

  @Override
  public List<Detections> detect(List<? extends Frame> frames) {
    try {
      permits.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a free detector", e);
    }
    try {
      return detector.detect(frames);
    } finally {
      permits.release();
    }
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
