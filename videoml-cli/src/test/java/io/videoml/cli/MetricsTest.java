package io.videoml.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.cli.process.Interruption;
import io.videoml.frame.Frame;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.ResultSink;
import io.videoml.testkit.FakeFrameSource;
import io.videoml.testkit.TestClips;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is served while a command runs. */
@Timeout(30)
class MetricsTest {
  @TempDir private Path directory;

  private final Interruption interruption = new Interruption(code -> {});

  @Test
  void sample_metricsPort_servesCountsAndHealthWhileItRuns() throws Exception {
    int port = freePort();
    AtomicReference<String> metrics = new AtomicReference<>("");
    AtomicReference<String> health = new AtomicReference<>("");
    ResultSink asking =
        new ResultSink() {
          @Override
          public void accept(Frame frame, FrameResult result) {
            if (result.frame().index() == 20) {
              metrics.set(get(port, "/metrics"));
              health.set(get(port, "/health"));
              interruption.signal(15);
            }
          }
        };

    Cli.Result result = sample(asking, Integer.toString(port), 25);

    assertThat(result.exitCode()).isEqualTo(143);
    assertThat(result.err())
        .isEqualTo("videoml: metrics at http://127.0.0.1:" + port + "/metrics\n");
    assertThat(metrics.get())
        .contains("video_frames_processed_total{camera_id=\"cam\",pipeline=\"sample\"")
        .contains("video_camera_status{camera_id=\"cam\"} 1.0");
    assertThat(Cli.parse(health.get()).toString()).contains("cam", "live");
    assertThatThrownBy(() -> send(port, "/metrics")).isInstanceOf(IOException.class);
  }

  @Test
  void sample_anyPort_isWrittenToStandardError() {
    Cli.Result result = sample((frame, found) -> {}, "0", 100);

    assertThat(result.exitCode()).isZero();
    assertThat(result.err())
        .matches("videoml: metrics at http://127\\.0\\.0\\.1:[1-9]\\d+/metrics\n");
  }

  @Test
  void sample_portIsTaken_failsWithOneLine() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Cli.Result result = sample((frame, found) -> {}, Integer.toString(taken.getLocalPort()), 100);

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err())
          .matches(
              "videoml: error: cannot serve metrics on port \\d+ \\([^\\n]*choose another port or host\\)\n");
    }
  }

  private Cli.Result sample(ResultSink sink, String port, int hangAt) {
    FakeFrameSource.Builder source =
        FakeFrameSource.of("cam", TestClips.movingSquare().withFrames(30)).live().hangAt(hangAt);
    return Cli.run(
        FakeParts.reading(source).annotating(sink),
        interruption,
        "sample",
        "--source",
        "cam",
        "--sampler",
        "every:20",
        "--metrics-port",
        port,
        "--annotate",
        directory.resolve("a.mp4").toString());
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  static String get(int port, String path) {
    try {
      return send(port, path);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String send(int port, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(10))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
