package io.videoml.cli;

import io.videoml.metrics.LatencyStats;
import io.videoml.metrics.LatencyTracker;
import io.videoml.metrics.MetricsSink;
import io.videoml.metrics.Stage;
import io.videoml.pipeline.FrameResult;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures from some frame on: before, code is compiled and caches fill.
 *
 * <p>What happens on the reader's thread comes as metrics, in the order of the stream; the rest
 * comes with results, which say of which frame they are.
 */
final class BenchMeter implements MetricsSink {
  private final long warmUp;
  private final LatencyTracker latency;
  private final AtomicLong read = new AtomicLong();
  private final AtomicLong kept = new AtomicLong();
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
  }

  @Override
  public void framesRead(String stream, long frames) {
    long now = System.nanoTime();
    if (read.addAndGet(frames) > warmUp && !measuring) {
      startNanos = now;
      measuring = true;
    }
    endNanos = now;
  }

  @Override
  public void stageTook(String stream, Stage stage, long nanos) {
    if (measuring && (stage == Stage.DECODE || stage == Stage.SAMPLE)) {
      latency.record(stage, nanos);
    }
  }

  /** Counts a result, and times its stages if there was a model. */
  void result(FrameResult result, boolean withModel) {
    if (result.frame().index() < warmUp) {
      return;
    }
    kept.incrementAndGet();
    if (withModel) {
      latency.record(Stage.PREPROCESS, result.detections().preprocess().toNanos());
      latency.record(Stage.INFERENCE, result.detections().inference().toNanos());
      latency.record(Stage.POSTPROCESS, result.detections().postprocess().toNanos());
    }
    latency.record(Stage.TOTAL, result.total().toNanos());
    endNanos = System.nanoTime();
  }

  /** Returns how many frames were read after the warm-up. */
  long read() {
    return Math.max(0, read.get() - warmUp);
  }

  long kept() {
    return kept.get();
  }

  Duration elapsed() {
    return Duration.ofNanos(endNanos - startNanos);
  }

  Map<Stage, LatencyStats> latency() {
    return latency.snapshot();
  }
}
