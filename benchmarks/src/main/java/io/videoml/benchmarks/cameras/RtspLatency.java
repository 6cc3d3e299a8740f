package io.videoml.benchmarks.cameras;

import io.videoml.frame.CaptureClock;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineRun;
import io.videoml.sampling.FrameSampler;
import io.videoml.testkit.rtsp.FaultyRtspServer;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * How long a picture takes from the camera's clock to the listener, and from its arrival to the
 * listener: RTSP over TCP on loopback at 25 frames a second, the motion sampler (and a frame at
 * least every 80 ms, since little moves in the test pattern), no model.
 *
 * <p>The capture time is the camera's own, of before its encoder: the encoder's time is inside.
 */
final class RtspLatency {
  private static final double CAPTURE_LIMIT_MILLIS = 60;
  private static final double OWN_LIMIT_MILLIS = 5;

  private RtspLatency() {}

  static boolean run(Duration time, PrintStream out) throws InterruptedException {
    boolean met = true;
    for (Backend backend : Backend.values()) {
      met = run(backend, time, out) && met;
    }
    return met;
  }

  private static boolean run(Backend backend, Duration time, PrintStream out)
      throws InterruptedException {
    List<Double> sinceCapture = Collections.synchronizedList(new ArrayList<>());
    List<Double> sinceArrival = Collections.synchronizedList(new ArrayList<>());
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start();
        PipelineRun run =
            Pipeline.named("latency")
                .source(backend.camera(camera.uri()))
                .sample(() -> FrameSampler.motion().orAtLeastEvery(Duration.ofMillis(80)))
                .onResult(result -> measure(result, sinceCapture, sinceArrival))
                .build()
                .start()) {
      Thread.sleep(5000); // the first sender report, and the compiler
      sinceCapture.clear();
      sinceArrival.clear();
      Thread.sleep(time.toMillis());
      if (run.summary().kept() == 0) {
        throw new IllegalStateException("no frame was kept: " + run.status());
      }
    }
    boolean capture =
        line(out, backend, "capture to listener, p95", sinceCapture, 95, CAPTURE_LIMIT_MILLIS);
    boolean own =
        line(out, backend, "arrival to listener, p99", sinceArrival, 99, OWN_LIMIT_MILLIS);
    return capture && own;
  }

  private static void measure(
      FrameResult result, List<Double> sinceCapture, List<Double> sinceArrival) {
    sinceArrival.add(result.total().toNanos() / 1e6);
    if (result.frame().time().capturedFrom() == CaptureClock.RTCP_SENDER) {
      Duration age = Duration.between(result.frame().time().captured(), Instant.now());
      sinceCapture.add(age.toNanos() / 1e6);
    }
  }

  private static boolean line(
      PrintStream out,
      Backend backend,
      String what,
      List<Double> millis,
      int percentile,
      double limit) {
    List<Double> sorted = millis.stream().sorted().toList();
    if (sorted.isEmpty()) {
      out.printf("%-10s %-26s no figure: no such clock%n", backend, what);
      return false;
    }
    int rank = (int) Math.ceil(percentile / 100.0 * sorted.size()) - 1;
    double figure = sorted.get(rank);
    out.printf(
        Locale.ROOT,
        "%-10s %-26s %8.2f ms (median %.2f, max %.2f, %d frames)  limit %.0f ms  %s%n",
        backend,
        what,
        figure,
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() - 1),
        sorted.size(),
        limit,
        figure <= limit ? "met" : "MISSED");
    return figure <= limit;
  }
}
