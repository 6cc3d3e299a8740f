package io.videoml.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.detect.Detections;
import io.videoml.metrics.DropReason;
import io.videoml.metrics.MetricsSink;
import io.videoml.metrics.Stage;
import io.videoml.resilience.StreamState;
import io.videoml.source.SourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MicrometerMetricsSinkTest {
  private final SettableClock clock = new SettableClock();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), clock);
  private final MetricsSink sink = MicrometerMetricsSink.of(registry, "gate");

  @Test
  void names_afterEveryEvent_areThosePromised() {
    tellAll(sink, "cam-1");

    assertThat(scrape().names())
        .containsExactlyInAnyOrder(
            "video_frames_processed_total",
            "video_frames_failed_total",
            "video_frames_dropped_total",
            "video_processing_latency_seconds_bucket",
            "video_processing_latency_seconds_count",
            "video_processing_latency_seconds_sum",
            "video_processing_latency_seconds_max", // Micrometer's own addition
            "video_detections_total",
            "video_pipeline_fps",
            "video_camera_status",
            "video_reconnects_total",
            "video_capture_clock_drift_seconds",
            "video_last_frame_age_seconds");
  }

  @Test
  void labels_afterEveryEvent_areThosePromised() {
    tellAll(sink, "cam-1");

    Scrape scrape = scrape();
    assertThat(scrape.labels("video_frames_processed_total"))
        .containsExactly("camera_id", "pipeline");
    assertThat(scrape.labels("video_frames_dropped_total")).containsExactly("camera_id", "reason");
    assertThat(scrape.labels("video_reconnects_total")).containsExactly("camera_id", "reason");
    assertThat(scrape.labels("video_detections_total")).containsExactly("camera_id", "class_name");
    assertThat(scrape.labels("video_processing_latency_seconds_count"))
        .containsExactly("camera_id", "stage");
    for (String name :
        List.of(
            "video_frames_failed_total",
            "video_pipeline_fps",
            "video_camera_status",
            "video_capture_clock_drift_seconds",
            "video_last_frame_age_seconds")) {
      assertThat(scrape.labels(name)).as(name).containsExactly("camera_id");
    }
  }

  @Test
  void latency_ofAStage_hasTheSevenBucketsAndInfinity() {
    sink.stageTook("cam-1", Stage.INFERENCE, Duration.ofMillis(30).toNanos());
    sink.stageTook("cam-1", Stage.INFERENCE, Duration.ofMillis(300).toNanos());
    sink.stageTook("cam-1", Stage.INFERENCE, Duration.ofSeconds(3).toNanos());

    String series =
        "video_processing_latency_seconds_bucket{camera_id=\"cam-1\",stage=\"inference\"";
    assertThat(scrape().samples().stream().filter(line -> line.startsWith(series)))
        .containsExactly(
            series + ",le=\"0.01\"} 0",
            series + ",le=\"0.025\"} 0",
            series + ",le=\"0.05\"} 1",
            series + ",le=\"0.1\"} 1",
            series + ",le=\"0.25\"} 1",
            series + ",le=\"0.5\"} 2",
            series + ",le=\"1.0\"} 2",
            series + ",le=\"+Inf\"} 3");
    assertThat(
            scrape()
                .value(
                    "video_processing_latency_seconds_sum{camera_id=\"cam-1\",stage=\"inference\"}"))
        .isEqualTo(3.33);
  }

  @Test
  void counts_ofOneCamera_addUp() {
    sink.framesRead("cam-1", 10);
    sink.frameKept("cam-1", found("person", "person", "car"));
    sink.frameKept("cam-1", Detections.NONE);
    sink.frameFailed("cam-1");
    sink.framesDropped("cam-1", DropReason.SAMPLED_OUT, 5);
    sink.framesDropped("cam-1", DropReason.MAILBOX_FULL, 2);
    sink.reconnecting("cam-1", SourceException.Kind.NETWORK);

    Scrape scrape = scrape();
    assertThat(scrape.value("video_frames_processed_total{camera_id=\"cam-1\",pipeline=\"gate\"}"))
        .isEqualTo(2);
    assertThat(scrape.value("video_frames_failed_total{camera_id=\"cam-1\"}")).isEqualTo(1);
    assertThat(
            scrape.value("video_frames_dropped_total{camera_id=\"cam-1\",reason=\"sampled_out\"}"))
        .isEqualTo(5);
    assertThat(
            scrape.value("video_frames_dropped_total{camera_id=\"cam-1\",reason=\"mailbox_full\"}"))
        .isEqualTo(2);
    assertThat(scrape.value("video_detections_total{camera_id=\"cam-1\",class_name=\"person\"}"))
        .isEqualTo(2);
    assertThat(scrape.value("video_detections_total{camera_id=\"cam-1\",class_name=\"car\"}"))
        .isEqualTo(1);
    assertThat(scrape.value("video_reconnects_total{camera_id=\"cam-1\",reason=\"network\"}"))
        .isEqualTo(1);
  }

  @Test
  void fps_twentyFiveASecond_isThatAndZeroWhenNothingComes() {
    for (int i = 0; i < 25 * 20; i++) {
      sink.framesRead("cam-1", 1);
      clock.advance(Duration.ofMillis(40));
    }
    assertThat(fps()).isBetween(24.5, 25.5);

    clock.advance(Duration.ofSeconds(5));
    assertThat(fps()).isBetween(11.0, 11.2);
    clock.advance(Duration.ofSeconds(5));
    assertThat(fps()).isZero();
  }

  @Test
  void fps_firstSeconds_isOfTheTimeThatPassed() {
    for (int i = 0; i < 75; i++) {
      sink.framesRead("cam-1", 1);
      clock.advance(Duration.ofMillis(40));
    }

    assertThat(fps()).isBetween(24.9, 25.1);
  }

  @Test
  void lastFrameAge_beforeAndAfterFrames_growsWithTime() {
    sink.stateChanged("cam-1", StreamState.BACKING_OFF);
    clock.advance(Duration.ofSeconds(7));
    assertThat(age()).isEqualTo(7);

    sink.framesRead("cam-1", 1);
    assertThat(age()).isZero();
    clock.advance(Duration.ofMillis(1500));
    assertThat(age()).isEqualTo(1.5);
  }

  @Test
  void status_ofEveryState_isOneOnlyWhenLive() {
    for (StreamState state : StreamState.values()) {
      sink.stateChanged("cam-1", state);

      assertThat(scrape().value("video_camera_status{camera_id=\"cam-1\"}"))
          .as(state.code())
          .isEqualTo(state == StreamState.LIVE ? 1 : 0);
    }
  }

  @Test
  void drift_negative_isKeptInSeconds() {
    sink.captureDrift("cam-1", -1_250_000_000L);

    assertThat(scrape().value("video_capture_clock_drift_seconds{camera_id=\"cam-1\"}"))
        .isEqualTo(-1.25);
  }

  @Test
  void drift_ofNoClock_hasNoSeries() {
    sink.framesRead("cam-1", 1);

    assertThat(scrape().names()).doesNotContain("video_capture_clock_drift_seconds");
  }

  @Test
  void removed_camera_leavesNoSeriesAndOthersAlone() {
    tellAll(sink, "cam-1");
    tellAll(sink, "cam-2");

    sink.removed("cam-1");

    assertThat(scrape().text()).doesNotContain("cam-1").contains("cam-2");
    assertThat(registry.getMeters())
        .allSatisfy(meter -> assertThat(meter.getId().getTag("camera.id")).isEqualTo("cam-2"));
  }

  @Test
  void removed_thenALateCount_staysAway() {
    tellAll(sink, "cam-1");
    sink.removed("cam-1");

    sink.framesRead("cam-1", 1);
    sink.frameKept("cam-1", found("person"));
    sink.stateChanged("cam-1", StreamState.STOPPED);

    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void removed_thenConnectsAgain_isCountedAfresh() {
    tellAll(sink, "cam-1");
    sink.removed("cam-1");

    sink.stateChanged("cam-1", StreamState.LIVE);
    sink.frameKept("cam-1", Detections.NONE);

    assertThat(
            scrape().value("video_frames_processed_total{camera_id=\"cam-1\",pipeline=\"gate\"}"))
        .isEqualTo(1);
  }

  @Test
  @Timeout(60)
  void removed_whileOthersCount_leavesNothingBehind() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    CountDownLatch started = new CountDownLatch(3);
    List<Thread> tellers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Thread teller =
          new Thread(
              () -> {
                for (int n = 0; !stop.get(); n++) {
                  sink.framesRead("cam-1", 1);
                  sink.frameKept("cam-1", found("class " + n % 50));
                  sink.stageTook("cam-1", Stage.values()[n % Stage.values().length], 1000);
                  sink.framesDropped("cam-1", DropReason.STALE, 1);
                  started.countDown();
                }
              });
      teller.setDaemon(true);
      teller.start();
      tellers.add(teller);
    }
    started.await();
    for (int i = 0; i < 300; i++) {
      sink.stateChanged("cam-1", StreamState.LIVE);
      sink.removed("cam-1");
      assertThat(registry.getMeters()).isEmpty();
    }
    stop.set(true);
    for (Thread teller : tellers) {
      teller.join();
    }

    assertThat(registry.getMeters()).isEmpty();
    assertThat(scrape().samples()).isEmpty();
  }

  @Test
  void cameras_beyondTheLimit_areNotCountedUntilOneGoes() {
    MetricsSink small = MicrometerMetricsSink.builder(registry, "p").maxCameras(2).build();
    IntStream.range(0, 5).forEach(i -> small.framesRead("cam-" + i, 1));
    assertThat(cameras()).containsExactlyInAnyOrder("cam-0", "cam-1");

    small.removed("cam-0");
    small.framesRead("cam-4", 1);
    small.framesRead("cam-3", 1);

    assertThat(cameras()).containsExactlyInAnyOrder("cam-1", "cam-4");
  }

  @Test
  void classes_beyondTheLimit_areCountedAsOther() {
    MetricsSink small = MicrometerMetricsSink.builder(registry, "p").maxClasses(2).build();

    for (int i = 0; i < 10; i++) {
      small.frameKept("cam-1", found("class " + i, "class 0"));
    }

    Scrape scrape = scrape();
    assertThat(scrape.samples().stream().filter(line -> line.startsWith("video_detections_total")))
        .hasSize(3);
    assertThat(scrape.value("video_detections_total{camera_id=\"cam-1\",class_name=\"class 0\"}"))
        .isEqualTo(11);
    assertThat(scrape.value("video_detections_total{camera_id=\"cam-1\",class_name=\"other\"}"))
        .isEqualTo(8);
    small.removed("cam-1");
    assertThat(scrape().samples()).isEmpty();
  }

  @Test
  void cameraId_thatIsAnAddressWithAPassword_showsNone() {
    tellAll(sink, "rtsp://admin:s3cr/t@10.0.0.7/live?token=abcdef&channel=1");

    assertThat(scrape().text())
        .doesNotContain("admin", "s3cr", "abcdef")
        .contains("camera_id=\"rtsp://***@10.0.0.7/live?token=***&channel=1\"");
  }

  @Test
  void maxCameras_zero_throwsNamingTheValue() {
    assertThatThrownBy(() -> MicrometerMetricsSink.builder(registry, "p").maxCameras(0))
        .hasMessage("maxCameras must be at least 1, was 0");
  }

  private Set<String> cameras() {
    Set<String> cameras = new java.util.TreeSet<>();
    registry.getMeters().forEach(meter -> cameras.add(meter.getId().getTag("camera.id")));
    return cameras;
  }

  private double fps() {
    return scrape().value("video_pipeline_fps{camera_id=\"cam-1\"}");
  }

  private double age() {
    return scrape().value("video_last_frame_age_seconds{camera_id=\"cam-1\"}");
  }

  private Scrape scrape() {
    return new Scrape(registry.scrape());
  }

  private static Detections found(String... names) {
    return Detections.of(
        List.of(names).stream()
            .map(name -> new Detection(0, name, 0.5f, new Box(0, 0, 1, 1)))
            .toList());
  }

  /** Tells of everything that a sink can be told of. */
  static void tellAll(MetricsSink sink, String camera) {
    sink.stateChanged(camera, StreamState.LIVE);
    sink.framesRead(camera, 1);
    sink.frameKept(camera, found("person"));
    sink.frameFailed(camera);
    for (DropReason reason : DropReason.values()) {
      sink.framesDropped(camera, reason, 1);
    }
    for (Stage stage : Stage.values()) {
      sink.stageTook(camera, stage, 1000);
    }
    for (SourceException.Kind kind : SourceException.Kind.values()) {
      sink.reconnecting(camera, kind);
    }
    sink.captureDrift(camera, 1);
  }
}
