package io.videoml.cli;

import io.videoml.metrics.LatencyStats;
import io.videoml.metrics.LatencyTracker;
import io.videoml.metrics.MetricsSink;
import io.videoml.metrics.Stage;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Measures from some frame on: before, code is compiled and caches fill. */
final class BenchMeter implements MetricsSink {
  private final long warmUp;
  private final LatencyTracker latency;
  private final AtomicLong read = new AtomicLong();
  private volatile boolean measuring;
  private volatile long startNanos;
  private volatile long endNanos;

  /**
   * @param warmUp frames that do not count
   * @param frames frames that may count
   */
  BenchMeter(int warmUp, int frames) {
    this.warmUp = warmUp;
    this.latency = new LatencyTracker(frames);
    begin(0);
  }

  @Override
  public void framesRead(String stream, long frames) {
    begin(read.addAndGet(frames));
    endNanos = System.nanoTime();
  }

  private void begin(long framesRead) {
    if (!measuring && framesRead >= warmUp) {
      startNanos = System.nanoTime();
      endNanos = startNanos;
      measuring = true;
    }
  }

  @Override
  public void stageTook(String stream, Stage stage, long nanos) {
    if (measuring) {
      latency.record(stage, nanos);
      endNanos = System.nanoTime();
    }
  }

  /** Returns how many frames were read after the warm-up. */
  long read() {
    return Math.max(0, read.get() - warmUp);
  }

  Duration elapsed() {
    return Duration.ofNanos(endNanos - startNanos);
  }

  double framesPerSecond() {
    return elapsed().isZero() ? 0 : read() / (elapsed().toNanos() / 1e9);
  }

  Map<Stage, LatencyStats> latency() {
    return latency.snapshot();
  }
}
