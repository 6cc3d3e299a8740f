package io.videoml.micrometer;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.videoml.detect.Detections;
import io.videoml.metrics.DropReason;
import io.videoml.metrics.Stage;
import io.videoml.source.SourceException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of one camera.
 *
 * <p>Threading: safe; takes locks only to make a meter, and to remove them all.
 */
final class CameraMeters {
  private final CameraRegistry registry;
  private final Clock clock;
  private final FrameRate rate;
  private final Counter processed;
  private final Counter failed;
  private final MetersByValue<DropReason, Counter> drops;
  private final MetersByValue<SourceException.Kind, Counter> reconnects;
  private final MetersByValue<Stage, Timer> stages;
  private final ClassCounters classes;
  private volatile long lastFrameNanos;
  private volatile boolean live;
  private volatile long driftNanos;
  private volatile @Nullable Gauge drift;

  CameraMeters(CameraRegistry registry, String pipeline, int maxClasses, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    lastFrameNanos = clock.monotonicTime();
    rate = new FrameRate(lastFrameNanos);
    drops = MetersByValue.drops(registry);
    reconnects = MetersByValue.reconnects(registry);
    stages = MetersByValue.stages(registry);
    classes = new ClassCounters(registry, maxClasses);
    startAtZero();
    processed =
        registry.counter(
            "video.frames.processed", "Frames that got a result", "pipeline", pipeline);
    failed = registry.counter("video.frames.failed", "Frames of which a stage failed");
    registry.gauge(
        "video.pipeline.fps",
        "Frames read per second, over the latest " + FrameRate.SECONDS + " s",
        () -> rate.perSecond(clock.monotonicTime()));
    registry.gauge("video.camera.status", "1 while frames come, 0 otherwise", () -> live ? 1 : 0);
    registry.gauge(
        "video.last.frame.age.seconds",
        "Time since the last frame, or, before the first, since the camera was first heard of",
        () -> seconds(Math.max(0, clock.monotonicTime() - lastFrameNanos)));
  }

  /** Prometheus sees no increase in a series that begins at 1, and no share without a series. */
  private void startAtZero() {
    drops.of(DropReason.MAILBOX_FULL);
    for (SourceException.Kind kind : SourceException.Kind.values()) {
      if (kind.retryable()) {
        reconnects.of(kind);
      }
    }
  }

  void read(long frames) {
    long now = clock.monotonicTime();
    rate.add(frames, now);
    lastFrameNanos = now;
  }

  void dropped(DropReason reason, long frames) {
    Counter counter = drops.of(reason);
    if (counter != null) {
      counter.increment((double) frames);
    }
  }

  void kept(Detections found) {
    processed.increment();
    classes.add(found);
  }

  void failed() {
    failed.increment();
  }

  void took(Stage stage, long nanos) {
    Timer timer = stages.of(stage);
    if (timer != null) {
      timer.record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  void live(boolean isLive) {
    live = isLive;
  }

  void reconnecting(SourceException.Kind reason) {
    Counter counter = reconnects.of(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  void drift(long nanos) {
    driftNanos = nanos;
    if (drift == null) {
      registry.unlessRemoved(this::driftGauge);
    }
  }

  /** Takes everything out of the registry. */
  void remove() {
    registry.removeAll();
  }

  /** Called with the registry's lock held; not every camera has a clock to compare. */
  private Gauge driftGauge() {
    Gauge gauge = drift;
    if (gauge == null) {
      gauge =
          registry.gauge(
              "video.capture.clock.drift.seconds",
              "By how much the clock here is ahead of the camera's, the way included",
              () -> seconds(driftNanos));
      drift = gauge;
    }
    return gauge;
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }
}
