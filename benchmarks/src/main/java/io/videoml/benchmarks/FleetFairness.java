package io.videoml.benchmarks;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.fleet.Camera;
import io.videoml.fleet.CameraFleet;
import io.videoml.fleet.CameraStatus;
import io.videoml.fleet.Priority;
import io.videoml.frame.FrameInfo;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineSpec;
import io.videoml.sampling.FrameSampler;
import io.videoml.sampling.SamplingDecision;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Twenty cameras want more than three times what one detector can do: whether those of high
 * priority get their results in time, and those of low priority any.
 */
final class FleetFairness {
  private static final Duration FRESH = Duration.ofMillis(500);
  private static final Duration PER_FRAME = Duration.ofMillis(20);

  private final Path clip;
  private final Duration time;
  private final Duration warmUp;
  private final AtomicLong highWanted = new AtomicLong();
  private final AtomicLong highInTime = new AtomicLong();
  private final Map<String, Long> lastNanos = new ConcurrentHashMap<>();
  private final Map<String, Long> longestGapNanos = new ConcurrentHashMap<>();

  /**
   * @param time of the clip that is played
   */
  FleetFairness(Path clip, Duration time) {
    this.clip = clip;
    this.time = time;
    this.warmUp = time.dividedBy(10); // twenty cameras start at once, and code is compiled
  }

  List<Ratio> measure() {
    List<Camera> cameras = new ArrayList<>();
    add(cameras, Priority.HIGH, 4);
    add(cameras, Priority.NORMAL, 8);
    add(cameras, Priority.LOW, 8);
    SteadyDetector detector = new SteadyDetector(PER_FRAME);
    try (CameraFleet fleet =
        CameraFleet.of(camera -> pipeline(camera, detector))
            .maxConcurrent(1)
            .freshness(Priority.HIGH, FRESH)
            .start(cameras)) {
      while (fleet.status().cameras().stream().anyMatch(camera -> camera.counts().kept() < 1)) {
        if (fleet.await(Duration.ofMillis(20))) {
          break;
        }
      }
      double start = System.nanoTime() / 1e9;
      double busyBefore = detector.busySeconds();
      LockSupport.parkNanos(time.toNanos() / 2); // while all still send
      double elapsed = System.nanoTime() / 1e9 - start;
      double busy = detector.busySeconds() - busyBefore;
      if (!fleet.await(time.multipliedBy(4))) {
        throw new IllegalStateException("the cameras do not end: " + fleet.status().states());
      }
      return ratios(fleet, elapsed, busy);
    }
  }

  private List<Ratio> ratios(CameraFleet fleet, double elapsed, double busy) {
    long wanted = highWanted.get();
    double late = wanted - highInTime.get();
    double gap =
        fleet.status().cameras().stream()
            .filter(camera -> camera.priority() == Priority.LOW)
            .mapToLong(this::longestGap)
            .max()
            .orElse(0);
    double low = kept(fleet, Priority.LOW) / time.toSeconds();
    return List.of(
        new Ratio(
            "detector idle under the load of a fleet",
            Math.max(0, elapsed - busy),
            elapsed,
            "s",
            0.1),
        new Ratio("frames of high priority not in 500 ms", late, wanted, "frames", 0.01),
        new Ratio("longest wait of a low camera for a result", gap / 1e9, 1, "s", 10),
        new Ratio("turn in 21 that low priority must have", 50.0 / 21, low, "a second", 1.25));
  }

  private long longestGap(CameraStatus camera) {
    return longestGapNanos.getOrDefault(camera.id(), Long.MAX_VALUE); // where there was none
  }

  private static double kept(CameraFleet fleet, Priority priority) {
    return fleet.status().cameras().stream()
        .filter(camera -> camera.priority() == priority)
        .mapToLong(camera -> camera.counts().kept())
        .sum();
  }

  private void add(List<Camera> cameras, Priority priority, int number) {
    for (int i = 0; i < number; i++) {
      FfmpegSource source = FfmpegSource.builder(clip).realTime().build();
      cameras.add(new Camera(priority.code() + "-" + i, source).with(priority));
    }
  }

  private PipelineSpec pipeline(Camera camera, SteadyDetector detector) {
    boolean high = camera.priority() == Priority.HIGH; // 20 of them a second, the others 160
    return Pipeline.named(camera.id())
        .source(camera.source())
        .sample(() -> high ? counted(FrameSampler.atMost(5)) : FrameSampler.atMost(10))
        .detect("steady", () -> detector)
        .onResult(result -> note(camera, result))
        .stopAfter(time)
        .build();
  }

  /** Counts the frames that are to have a result. */
  private FrameSampler counted(FrameSampler sampler) {
    return frame -> {
      SamplingDecision decision = sampler.decide(frame);
      if (decision.keep() && counts(frame.info())) {
        highWanted.incrementAndGet();
      }
      return decision;
    };
  }

  private boolean counts(FrameInfo frame) {
    return frame.time().pts().compareTo(warmUp) >= 0;
  }

  private void note(Camera camera, FrameResult result) {
    if (camera.priority() == Priority.HIGH
        && counts(result.frame())
        && result.total().compareTo(FRESH) <= 0) {
      highInTime.incrementAndGet();
    }
    long now = System.nanoTime();
    Long before = lastNanos.put(camera.id(), now);
    longestGapNanos.merge(camera.id(), before == null ? 0 : now - before, Math::max);
  }
}
