package io.videoml.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.frame.ResumePosition;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineRun;
import io.videoml.pipeline.PipelineSpec;
import io.videoml.resilience.ReconnectPolicy;
import io.videoml.resilience.Resilience;
import io.videoml.sampling.FrameSampler;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.source.SourceException;
import io.videoml.testkit.FakeFrameSource;
import io.videoml.testkit.ScriptedDetector;
import io.videoml.testkit.TestClips;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real pipelines, scraped by a real Prometheus, with the rules that are deployed. */
@Timeout(300)
class RealPrometheusTest {
  private static final Detection PERSON = new Detection(0, "person", 0.9f, new Box(0, 0, 4, 8));

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final MicrometerMetricsSink sink = MicrometerMetricsSink.of(registry, "entrance");

  @BeforeEach
  void installed() {
    assumeTrue(
        Prometheus.installed(),
        "prometheus and promtool are not installed (Debian: apt-get install prometheus)");
  }

  @Test
  void deployedFiles_all_passPromtool() throws Exception {
    assertThat(Prometheus.promtool(Deployed.FOLDER, "check", "rules", "alerts.yml"))
        .contains("SUCCESS: 11 rules found");
    assertThat(Prometheus.promtool(Deployed.FOLDER, "check", "config", "prometheus.yml"))
        .contains("SUCCESS");
    assertThat(Prometheus.promtool(Deployed.FOLDER, "test", "rules", "alerts.test.yml"))
        .contains("SUCCESS");
  }

  @Test
  void pipelines_scraped_giveSeriesAlertsAndADashboard(@TempDir Path folder) throws Exception {
    try (PipelineRun gate = spec("gate", flaky("gate")).start();
        PipelineRun dead = spec("dead", unreachable("dead")).start();
        PrometheusEndpoint endpoint =
            PrometheusEndpoint.builder(registry)
                .port(0)
                .health(() -> Map.of("gate", gate.status(), "dead", dead.status()))
                .start()) {
      sink.captureDrift("gate", 250_000_000); // fakes have no clock of their own
      sink.frameFailed("gate");
      configure(folder, endpoint);
      try (Prometheus prometheus = Prometheus.start(folder)) {
        prometheus.await("ready", prometheus::ready);
        prometheus.await("scraped", () -> prometheus.holds("up{job=\"videoml\"} == 1"));

        seriesArrive(prometheus);
        deadCameraAlerts(prometheus);
        dashboardIsAnswered(prometheus);
        removedCameraGoes(prometheus, dead);
        endpointDownAlerts(prometheus, endpoint);
      }
    }
  }

  private static void seriesArrive(Prometheus prometheus) {
    for (String series :
        new String[] {
          "video_frames_processed_total{camera_id=\"gate\", pipeline=\"entrance\"} > 10",
          "rate(video_frames_processed_total{camera_id=\"gate\"}[10s]) > 1",
          "video_processing_latency_seconds_bucket{camera_id=\"gate\", stage=\"total\", le=\"+Inf\"}"
              + " > 10",
          "count by (stage) (video_processing_latency_seconds_bucket{stage=\"total\"}) == 8",
          "video_detections_total{camera_id=\"gate\", class_name=\"person\"} > 10",
          "video_pipeline_fps{camera_id=\"gate\"} > 5",
          "max_over_time(video_camera_status{camera_id=\"gate\"}[1m]) == 1",
          "video_camera_status{camera_id=\"dead\"} == 0",
          "video_frames_dropped_total{camera_id=\"gate\", reason=\"sampled_out\"} > 10",
          "video_reconnects_total{camera_id=\"gate\", reason=\"ended\"} > 0",
          "video_reconnects_total{camera_id=\"dead\", reason=\"network\"} > 1",
          "video_capture_clock_drift_seconds{camera_id=\"gate\"} == 0.25",
          "video_last_frame_age_seconds{camera_id=\"gate\"} < 5",
          "video_last_frame_age_seconds{camera_id=\"dead\"} > 5",
          "video_frames_failed_total{camera_id=\"gate\"} == 1",
        }) {
      prometheus.await(series, () -> prometheus.holds(series));
    }
  }

  private static void deadCameraAlerts(Prometheus prometheus) {
    prometheus.await("fires", () -> prometheus.alert("VideomlCameraDown", "dead", "firing"));
    assertThat(
            prometheus.holds(
                "count_over_time("
                    + "ALERTS{alertname=\"VideomlCameraDown\", camera_id=\"dead\","
                    + " alertstate=\"pending\"}[10m]) > 0"))
        .as("it was pending before")
        .isTrue();
    assertThat(prometheus.alert("VideomlCameraDown", "gate", "firing")).isFalse();
  }

  private static void dashboardIsAnswered(Prometheus prometheus) {
    for (String query : Deployed.queries()) {
      String filled = query.replace("$__rate_interval", "30s").replace("$camera", ".*");

      assertThat(prometheus.query(filled)).as(query).isNotEmpty();
    }
  }

  private void removedCameraGoes(Prometheus prometheus, PipelineRun dead) {
    dead.close();
    sink.removed("dead");

    prometheus.await(
        "the removed camera's series end",
        () -> prometheus.query("{__name__=~\"video_.*\", camera_id=\"dead\"}").isEmpty());
    prometheus.await(
        "its alert ends", () -> !prometheus.alert("VideomlCameraDown", "dead", "firing"));
    assertThat(prometheus.holds("video_camera_status{camera_id=\"gate\"}")).isTrue();
  }

  private static void endpointDownAlerts(Prometheus prometheus, PrometheusEndpoint endpoint) {
    endpoint.close();

    prometheus.await(
        "endpoint down fires", () -> prometheus.alert("VideomlEndpointDown", "", "firing"));
  }

  /** The files as they are deployed, but for the port and the waiting. */
  private static void configure(Path folder, PrometheusEndpoint endpoint) throws Exception {
    String config =
        Deployed.text("prometheus.yml")
            .replace("127.0.0.1:9464", "127.0.0.1:" + endpoint.port())
            .replace("15s", "1s");
    String rules = Deployed.text("alerts.yml").replaceAll("for: \\d+m", "for: 3s");
    Files.writeString(folder.resolve("prometheus.yml"), config);
    Files.writeString(folder.resolve("alerts.yml"), rules);
    Prometheus.promtool(folder, "check", "config", "prometheus.yml");
  }

  private PipelineSpec spec(String camera, FrameSource source) {
    ReconnectPolicy often =
        ReconnectPolicy.defaults().backoff(Duration.ofMillis(50), 1, Duration.ofMillis(50));
    return Pipeline.named(camera)
        .source(source)
        .resilience(Resilience.defaults().with(often))
        .sample(() -> FrameSampler.everyNth(2))
        .detect("script", () -> ScriptedDetector.finding(PERSON))
        .metrics(() -> sink)
        .build();
  }

  /** Twenty frames a second, and the connection is lost every three seconds. */
  private static FrameSource flaky(String id) {
    FakeFrameSource.Builder source = FakeFrameSource.of(id, TestClips.movingSquare()).endless();
    for (int frame = 0; frame < 60; frame++) {
      source.before(frame, () -> LockSupport.parkNanos(50_000_000));
    }
    return new Camera(source.build());
  }

  private static FrameSource unreachable(String id) {
    return FakeFrameSource.of(id, TestClips.still())
        .endless()
        .onOpen(
            () -> {
              throw new SourceException(SourceException.Kind.NETWORK, id, "no route to it");
            })
        .build();
  }

  /** Gives what it sees now: it has nothing to resume. */
  private record Camera(FakeFrameSource source) implements FrameSource {
    @Override
    public String id() {
      return source.id();
    }

    @Override
    public boolean live() {
      return true;
    }

    @Override
    public FrameReader open(Optional<ResumePosition> from, DecodeDemand demand) {
      return source.open(Optional.empty(), demand);
    }
  }
}
