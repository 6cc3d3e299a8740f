package io.videoml.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.fleet.Camera;
import io.videoml.fleet.CameraFleet;
import io.videoml.fleet.CameraStatus;
import io.videoml.fleet.FleetStatus;
import io.videoml.fleet.Priority;
import io.videoml.onnx.OnnxDetector;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineSpec;
import io.videoml.resilience.StreamState;
import io.videoml.sampling.FrameSampler;
import io.videoml.source.FrameSource;
import io.videoml.testkit.DemoClip;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The snippets of the guide to fleets, on the demo's clip and model. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FleetGuideTest {
  private static final String model = DemoClip.model().toString();
  private static final FrameSource gate = FfmpegSource.of(DemoClip.video());
  private static final FrameSource shed = gate;
  private static final FrameSource pond = gate;
  private static final FrameSource betterGate = gate;

  @Test
  void fleets_comingAndGoing() {
    CameraFleet fleet =
        CameraFleet.of(
                camera ->
                    Pipeline.named(camera.id())
                        .source(camera.source())
                        .sample(() -> FrameSampler.motion())
                        .detect("people", () -> OnnxDetector.builder(model).build())
                        .onResult(result -> System.out.println(result))
                        .build())
            .maxConcurrent(2) // detections at once, over all cameras
            .freshness(Priority.HIGH, Duration.ofMillis(300))
            .onEvent(event -> System.out.println(event.stream() + " " + event.type()))
            .start(
                List.of(
                    new Camera("gate", gate).in("yard").with(Priority.HIGH),
                    new Camera("shed", shed).in("yard")));

    fleet.add(new Camera("pond", pond).with(Priority.LOW));
    fleet.replace(new Camera("gate", betterGate).in("yard").with(Priority.HIGH));
    fleet.remove("shed");

    FleetStatus status = fleet.status();
    for (CameraStatus camera : status.zone("yard").cameras()) {
      System.out.println(camera.id() + " is " + camera.state() + ", " + camera.counts().kept());
    }
    System.out.println(status.states()); // how many cameras are in which state

    assertThat(fleet.await(Duration.ofSeconds(100))).isTrue();
    fleet.close();
    assertThat(fleet.cameras()).extracting(Camera::id).containsExactly("gate", "pond");
    assertThat(fleet.status().cameras())
        .allSatisfy(
            camera -> {
              assertThat(camera.state()).isEqualTo(StreamState.STOPPED);
              assertThat(camera.counts().kept()).isPositive();
              assertThat(camera.counts().failed()).isZero();
            });
  }

  @Test
  void fleets_batches() {
    Function<Camera, PipelineSpec> pipeline =
        camera ->
            Pipeline.named(camera.id())
                .source(camera.source())
                .sample(() -> FrameSampler.everyNth(20))
                .detect("batched", () -> OnnxDetector.builder(model).build())
                .build();
    List<Camera> cameras = List.of(new Camera("gate", gate), new Camera("shed", shed));

    CameraFleet batching =
        CameraFleet.of(pipeline).maxConcurrent(1).batched(8, Duration.ofMillis(20)).start(cameras);

    assertThat(batching.await(Duration.ofSeconds(100))).isTrue();
    batching.close();
    assertThat(batching.status().cameras())
        .allSatisfy(camera -> assertThat(camera.counts().kept()).isPositive());
  }
}
