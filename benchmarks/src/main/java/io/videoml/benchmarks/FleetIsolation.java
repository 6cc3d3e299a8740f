package io.videoml.benchmarks;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.fleet.Camera;
import io.videoml.fleet.CameraFleet;
import io.videoml.fleet.CameraStatus;
import io.videoml.fleet.FleetStatus;
import io.videoml.fleet.Priority;
import io.videoml.metrics.DropReason;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineBuilder;
import io.videoml.pipeline.PipelineSpec;
import io.videoml.pipeline.RunSummary;
import io.videoml.sampling.FrameSampler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * 24 cameras that send at their own pace, alone and then beside eight that misbehave, each in its
 * own way: what the 24 lose more.
 */
final class FleetIsolation {
  private static final int GOOD = 24;
  private static final Set<DropReason> WANTED =
      Set.of(DropReason.SAMPLED_OUT, DropReason.NOT_DEMANDED);

  private final Path clip;
  private final Duration time;

  /**
   * @param time of the clip that is played
   */
  FleetIsolation(Path clip, Duration time) {
    this.clip = clip;
    this.time = time;
  }

  List<Ratio> compare() {
    Counts alone = run(List.of());
    Counts beside = run(bad());
    return List.of(
        new Ratio("24 cameras beside 8 bad ones lose more by", more(beside, alone), 1, "frames", 0),
        new Ratio(
            "their results alone, against those beside", alone.results, beside.results, "", 1));
  }

  private static double more(Counts beside, Counts alone) {
    return Math.max(0, beside.lost - alone.lost);
  }

  /** What became of the frames of the good cameras. */
  private record Counts(long lost, long results) {}

  private Counts run(List<Camera> others) {
    List<Camera> cameras = new ArrayList<>(others); // they come first, of high priority
    for (int i = 0; i < GOOD; i++) {
      cameras.add(new Camera("good-" + i, file(/* paced= */ true)).in("good"));
    }
    SteadyDetector detector = new SteadyDetector(Duration.ofMillis(10));
    try (CameraFleet fleet =
        CameraFleet.of(camera -> pipeline(camera, detector)).maxConcurrent(2).start(cameras)) {
      while (!ended(fleet.status().zone("good"))) {
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
      return count(fleet.status().zone("good"));
    }
  }

  private static boolean ended(FleetStatus good) {
    return good.cameras().stream()
        .map(CameraStatus::state)
        .allMatch(state -> state.code().equals("stopped") || state.code().equals("failed"));
  }

  private static Counts count(FleetStatus good) {
    long lost = 0;
    long results = 0;
    for (CameraStatus camera : good.cameras()) {
      RunSummary counts = camera.counts();
      results += counts.kept();
      lost += counts.failed();
      for (DropReason reason : DropReason.values()) {
        lost += WANTED.contains(reason) ? 0 : counts.dropped().getOrDefault(reason, 0L);
      }
    }
    return new Counts(lost, results);
  }

  private FfmpegSource file(boolean paced) {
    FfmpegSource.Builder builder = FfmpegSource.builder(clip);
    return paced ? builder.realTime().build() : builder.build();
  }

  private List<Camera> bad() {
    List<Camera> cameras = new ArrayList<>();
    for (BadSource.Way way : BadSource.Way.values()) {
      String id = way.name();
      cameras.add(new Camera(id, new BadSource(id, way)).with(Priority.HIGH));
    }
    for (String id :
        List.of("sampler throws", "sampler blocks", "listener throws", "listener blocks")) {
      cameras.add(new Camera(id, file(/* paced= */ true)).with(Priority.HIGH));
    }
    cameras.add(new Camera("as fast as it can", file(/* paced= */ false)).with(Priority.LOW));
    return cameras;
  }

  private PipelineSpec pipeline(Camera camera, SteadyDetector detector) {
    PipelineBuilder pipeline =
        Pipeline.named(camera.id())
            .source(camera.source())
            .sample(() -> FrameSampler.atMost(5))
            .detect("steady", () -> detector)
            .stopAfter(time);
    switch (camera.id()) {
      case "sampler throws" ->
          pipeline.sample(
              () ->
                  frame -> {
                    throw new IllegalStateException("as told");
                  });
      case "sampler blocks" ->
          pipeline.sample(
              () ->
                  frame -> {
                    block();
                    return FrameSampler.all().decide(frame);
                  });
      case "listener throws" ->
          pipeline.onResult(
              result -> {
                throw new IllegalStateException("as told");
              });
      case "listener blocks" -> pipeline.onResult(result -> block());
      case "as fast as it can" -> pipeline.sample(FrameSampler::all);
      default -> {} // the good ones, and those with a bad source
    }
    return pipeline.build();
  }

  private static void block() {
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.park();
    }
  }
}
