package io.videoml.benchmarks;

import io.videoml.detect.Detections;
import io.videoml.detect.Detector;
import io.videoml.frame.Frame;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A detector that takes the same time for every frame, whatever else the machine does, and finds
 * nothing; it knows how long it was busy.
 */
final class SteadyDetector implements Detector {
  private final long nanos;
  private final AtomicLong busyNanos = new AtomicLong();

  SteadyDetector(Duration perFrame) {
    this.nanos = perFrame.toNanos();
  }

  @Override
  public List<Detections> detect(List<? extends Frame> frames) {
    long start = System.nanoTime();
    long end = start + frames.size() * nanos;
    for (long left = end - start; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        break;
      }
    }
    busyNanos.addAndGet(System.nanoTime() - start);
    return frames.stream().map(frame -> Detections.NONE).toList();
  }

  /** Returns the time that its calls took so far, in seconds. */
  double busySeconds() {
    return busyNanos.get() / 1e9;
  }

  @Override
  public int maxBatch() {
    return 1;
  }

  @Override
  public void close() {}
}
