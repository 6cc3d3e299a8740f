package io.videoml.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.metrics.LatencyTracker;
import io.videoml.metrics.MetricsSink;
import io.videoml.metrics.Stage;
import io.videoml.micrometer.MicrometerMetricsSink;
import io.videoml.micrometer.PrometheusEndpoint;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineRun;
import io.videoml.pipeline.PipelineSpec;
import io.videoml.sampling.FrameSampler;
import io.videoml.source.FrameSource;
import io.videoml.testkit.DemoClip;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The snippets of the guide to monitoring and of its module's README, as they stand there. */
@Timeout(60)
class MonitoringGuideTest {
  private static final FrameSource camera = FfmpegSource.of(DemoClip.video());

  @Test
  void readme() {
    assumePortIsFree();
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    MetricsSink metrics = MicrometerMetricsSink.of(registry, "entrance");
    PipelineSpec spec = Pipeline.named("gate-1").source(camera).metrics(() -> metrics).build();
    try (PipelineRun run = spec.start();
        PrometheusEndpoint endpoint =
            PrometheusEndpoint.builder(registry)
                .port(9464)
                .health(() -> Map.of("gate-1", run.status()))
                .start()) {
      System.out.println(endpoint.uri() + "/metrics");
      run.await();
    }

    assertThat(registry.scrape())
        .contains("video_frames_processed_total{camera_id=\"gate-1\",pipeline=\"entrance\"}");
  }

  @Test
  void counting() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    MetricsSink metrics =
        MicrometerMetricsSink.builder(registry, "entrance").maxCameras(200).maxClasses(80).build();
    PipelineSpec spec =
        Pipeline.named("gate-1")
            .source(camera)
            .sample(() -> FrameSampler.atMost(5))
            .metrics(() -> metrics)
            .build();

    long kept = spec.run().summary().kept();

    assertThat(kept).isPositive();
    assertThat(registry.scrape())
        .contains(
            "video_frames_processed_total{camera_id=\"gate-1\",pipeline=\"entrance\"} " + kept);

    metrics.removed("gate-1");
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void composite() {
    MetricsSink metrics =
        MicrometerMetricsSink.of(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), "entrance");

    LatencyTracker tracker = new LatencyTracker();
    MetricsSink both = MetricsSink.composite(metrics, tracker);

    both.stageTook("gate-1", Stage.INFERENCE, 1_000_000);
    assertThat(tracker.stats(Stage.INFERENCE).count()).isEqualTo(1);
  }

  private static void assumePortIsFree() {
    try (ServerSocket port = new ServerSocket(9464, 1, InetAddress.getLoopbackAddress())) {
      assertThat(port.isBound()).isTrue();
    } catch (IOException e) {
      Assumptions.abort("port 9464, which the guide names, is in use on this machine");
    }
  }
}
