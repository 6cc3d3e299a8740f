package io.videoml.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.detect.Detections;
import io.videoml.metrics.DropReason;
import io.videoml.metrics.MetricsSink;
import io.videoml.metrics.Stage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What counting costs, and what too many cameras cost. */
@Timeout(120)
class SinkCostTest {
  private static final Detections FOUND =
      Detections.of(List.of(new Detection(0, "person", 0.5f, new Box(0, 0, 1, 1))));

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @Test
  void counting_knownCamera_allocatesNothing() {
    MetricsSink sink = MicrometerMetricsSink.of(registry, "p");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    frames(sink, 50_000); // until it is compiled

    long before = threads.getCurrentThreadAllocatedBytes();
    frames(sink, 100_000);
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(bytes / 100_000.0).as("bytes per frame, of nine events").isLessThan(1);
  }

  @Test
  void cameras_tooMany_areLoggedOnce() {
    MetricsSink sink = MicrometerMetricsSink.builder(registry, "p").maxCameras(10).build();
    PrintStream original = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, /* autoFlush= */ true, StandardCharsets.UTF_8));
    try {
      for (int i = 0; i < 200; i++) {
        sink.framesRead("rtsp://u:secret@cam/" + i, 1);
      }
    } finally {
      System.setErr(original);
    }

    assertThat(log.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains("10")))
        .hasSize(1)
        .first()
        .asString()
        .contains("10 cameras are counted, rtsp://***@cam/10 and further ones are not")
        .contains("maxCameras raises the limit");
  }

  @Test
  void scrape_ofAThousandCameras_isSmallEnough() {
    MetricsSink sink = MicrometerMetricsSink.of(registry, "p");
    for (int i = 0; i < 1500; i++) {
      MicrometerMetricsSinkTest.tellAll(sink, "cam-" + i);
    }

    int series = new Scrape(registry.scrape()).samples().size();

    assertThat(series / 1000.0).as("series of a camera that has them all").isLessThan(100);
  }

  private static void frames(MetricsSink sink, int frames) {
    for (int i = 0; i < frames; i++) {
      sink.framesRead("cam-1", 1);
      sink.stageTook("cam-1", Stage.DECODE, 1_000_000);
      sink.stageTook("cam-1", Stage.SAMPLE, 10_000);
      sink.framesDropped("cam-1", DropReason.SAMPLED_OUT, 1);
      sink.stageTook("cam-1", Stage.INFERENCE, 12_000_000);
      sink.frameKept("cam-1", FOUND);
      sink.stageTook("cam-1", Stage.TOTAL, 20_000_000);
      sink.captureDrift("cam-1", 1_000_000);
      sink.frameFailed("cam-1");
    }
  }
}
