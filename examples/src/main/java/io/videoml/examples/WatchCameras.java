package io.videoml.examples;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.fleet.Camera;
import io.videoml.fleet.CameraFleet;
import io.videoml.fleet.CameraStatus;
import io.videoml.fleet.Priority;
import io.videoml.micrometer.MicrometerMetricsSink;
import io.videoml.micrometer.PrometheusEndpoint;
import io.videoml.onnx.OnnxDetector;
import io.videoml.pipeline.Pipeline;
import io.videoml.resilience.StreamStatus;
import io.videoml.sampling.FrameSampler;
import io.videoml.testkit.DemoClip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Watches cameras for as long as they last, the first one before the others, and serves their
 * metrics. Arguments: addresses, such as rtsp://user:password@host/path; without them, the demo's
 * clip stands in, at its own pace.
 */
public final class WatchCameras {
  private WatchCameras() {}

  /** Prints what happens to cameras, and in the end how they did. */
  public static void main(String[] addresses) throws InterruptedException {
    String model = DemoClip.model().toString();
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    MicrometerMetricsSink metrics = MicrometerMetricsSink.of(registry, "watch");
    try (CameraFleet fleet =
            CameraFleet.of(
                    camera ->
                        Pipeline.named(camera.id())
                            .source(camera.source())
                            .sample(
                                () -> FrameSampler.motion().orAtLeastEvery(Duration.ofSeconds(1)))
                            .detect("people", () -> OnnxDetector.builder(model).threads(1).build())
                            .metrics(() -> metrics)
                            .build())
                .maxConcurrent(1)
                .freshness(Priority.HIGH, Duration.ofMillis(300))
                .onEvent(event -> System.out.println(event.stream() + ": " + event.type().code()))
                .start(cameras(List.of(addresses)));
        PrometheusEndpoint endpoint =
            PrometheusEndpoint.builder(registry).port(0).health(() -> health(fleet)).start()) {
      System.out.println("metrics and health at " + endpoint.uri());
      while (!fleet.await(Duration.ofSeconds(10))) {
        System.out.println(fleet.status().states());
      }
      fleet.status().cameras().forEach(camera -> System.out.println(camera.counts()));
    }
  }

  private static Map<String, StreamStatus> health(CameraFleet fleet) {
    return fleet.status().cameras().stream()
        .collect(Collectors.toMap(CameraStatus::id, CameraStatus::stream));
  }

  private static List<Camera> cameras(List<String> addresses) {
    List<Camera> cameras = new ArrayList<>();
    for (String address : addresses) {
      cameras.add(new Camera("camera-" + cameras.size(), FfmpegSource.of(address)));
    }
    while (addresses.isEmpty() && cameras.size() < 3) {
      FfmpegSource clip = FfmpegSource.builder(DemoClip.video()).realTime().build();
      cameras.add(new Camera("clip-" + cameras.size(), clip));
    }
    cameras.set(0, cameras.get(0).with(Priority.HIGH));
    return cameras;
  }
}
