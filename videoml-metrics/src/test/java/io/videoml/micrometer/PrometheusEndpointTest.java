package io.videoml.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.videoml.resilience.StreamState;
import io.videoml.resilience.StreamStatus;
import io.videoml.resilience.StreamStatus.Problem;
import io.videoml.source.SourceException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PrometheusEndpointTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<String, StreamStatus> cameras = new LinkedHashMap<>();
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private PrometheusEndpoint endpoint =
      PrometheusEndpoint.builder(registry).port(0).health(() -> cameras).start();

  @AfterEach
  void close() {
    endpoint.close();
  }

  @Test
  void metrics_plain_areInTheTextFormat() throws Exception {
    MicrometerMetricsSinkTest.tellAll(MicrometerMetricsSink.of(registry, "gate"), "cam-1");

    HttpResponse<String> answer = get("/metrics");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(
            new Scrape(answer.body())
                .value("video_frames_processed_total{camera_id=\"cam-1\",pipeline=\"gate\"}"))
        .isEqualTo(1);
  }

  @Test
  void metrics_whereOpenMetricsIsAccepted_areThat() throws Exception {
    HttpRequest request =
        request("/metrics").header("Accept", "application/openmetrics-text;version=1.0.0").build();

    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());

    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(answer.body()).endsWith("# EOF\n");
  }

  @Test
  void health_allLive_is200() throws Exception {
    Instant now = Instant.now();
    cameras.put("cam-1", status(StreamState.LIVE, now.minusSeconds(60), null, now));

    HttpResponse<String> answer = get("/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode body = JSON.readTree(answer.body());
    assertThat(body.get("status").asText()).isEqualTo("ok");
    JsonNode camera = body.get("cameras").get(0);
    assertThat(camera.get("id").asText()).isEqualTo("cam-1");
    assertThat(camera.get("state").asText()).isEqualTo("live");
    assertThat(camera.get("since").asText()).isEqualTo(now.minusSeconds(60).toString());
    assertThat(camera.get("last_frame_age_seconds").asDouble()).isBetween(0.0, 30.0);
    assertThat(camera.get("last_problem").isNull()).isTrue();
  }

  @Test
  void health_oneIsNot_is503AndSaysWhy() throws Exception {
    Instant now = Instant.now();
    cameras.put("cam-1", status(StreamState.LIVE, now, null, now));
    Problem problem =
        new Problem(
            Kind.AUTHENTICATION,
            "rtsp://admin:hunter2@cam/live: the server said \"no\"\n\u0001 to <admin>",
            now);
    cameras.put("r\u00e4mp \"2\"\\", status(StreamState.BACKING_OFF, now, problem, null));

    HttpResponse<String> answer = get("/health");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).doesNotContain("hunter2");
    JsonNode body = JSON.readTree(answer.body());
    assertThat(body.get("status").asText()).isEqualTo("degraded");
    JsonNode camera = body.get("cameras").get(1);
    assertThat(camera.get("id").asText()).isEqualTo("r\u00e4mp \"2\"\\");
    assertThat(camera.get("state").asText()).isEqualTo("backing_off");
    assertThat(camera.get("failures_in_a_row").asInt()).isEqualTo(2);
    assertThat(camera.get("last_frame_age_seconds").isNull()).isTrue();
    assertThat(camera.get("last_problem").get("kind").asText()).isEqualTo("authentication");
    assertThat(camera.get("last_problem").get("message").asText())
        .isEqualTo("rtsp://***@cam/live: the server said \"no\"\n\u0001 to <admin>");
    assertThat(camera.get("last_problem").get("at").asText()).isEqualTo(now.toString());
  }

  @Test
  void health_thatThrows_is500AndTheNextOneIsAnswered() throws Exception {
    endpoint.close();
    List<Integer> calls = new ArrayList<>();
    endpoint =
        PrometheusEndpoint.builder(registry)
            .port(0)
            .health(
                () -> {
                  calls.add(1);
                  if (calls.size() == 1) {
                    throw new IllegalStateException("password=hunter2");
                  }
                  return cameras;
                })
            .start();

    HttpResponse<String> first = get("/health");

    assertThat(first.statusCode()).isEqualTo(500);
    assertThat(first.body()).doesNotContain("hunter2");
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void otherPaths_all_are404() throws Exception {
    for (String path : List.of("/", "/metricsx", "/metrics/", "/health/cam-1", "/%2e%2e/etc")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void otherMethods_all_are405() throws Exception {
    for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS")) {
      HttpRequest request =
          request("/metrics")
              .method(method, HttpRequest.BodyPublishers.ofString("x".repeat(1000)))
              .build();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(method).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }
  }

  @Test
  void head_metrics_hasNoBody() throws Exception {
    HttpRequest request =
        request("/metrics").method("HEAD", HttpRequest.BodyPublishers.noBody()).build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void uri_byDefault_isLoopback() {
    assertThat(endpoint.uri().getHost()).isIn("127.0.0.1", "[::1]");
    assertThat(endpoint.port()).isPositive();
  }

  @Test
  void threads_all_areDaemons() throws Exception {
    get("/metrics");

    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(
            thread ->
                thread.getName().startsWith("HTTP-Dispatcher")
                    || thread.getName().startsWith("videoml-metrics"))
        .isNotEmpty()
        .allMatch(Thread::isDaemon);
  }

  @Test
  void slowClients_moreThanThreads_areCutOffAndOthersAnswered() throws Exception {
    restartWithin(Duration.ofMillis(300));
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 12; i++) {
        slow.add(connected("GET /met"));
      }

      assertThat(get("/metrics").statusCode()).isEqualTo(200);
      for (Socket socket : slow) {
        assertThat(endOf(socket)).as("the server closed the connection").isTrue();
      }
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void slowClients_moreThanMayWait_areTurnedAwayAndOthersAnsweredAgain() throws Exception {
    restartWithin(Duration.ofMillis(200));
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 150; i++) {
        slow.add(connected("GET /met"));
      }

      assertThat(answeredWithin(Duration.ofSeconds(30))).isTrue();
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void clientsThatDoNotRead_moreThanThreads_areCutOffAndOthersAnswered() throws Exception {
    MicrometerMetricsSink sink = MicrometerMetricsSink.of(registry, "gate");
    for (int i = 0; i < 1000; i++) {
      MicrometerMetricsSinkTest.tellAll(sink, "cam-" + i); // more than socket buffers hold
    }
    restartWithin(Duration.ofSeconds(3));
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 6; i++) {
        slow.add(connected("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n"));
      }

      assertThat(answeredWithin(Duration.ofSeconds(30))).isTrue();
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void close_withSlowClients_isQuickAndFreesThePortAndThreads() throws Exception {
    int port = endpoint.port();
    try (Socket slow = new Socket(endpoint.uri().getHost(), port)) {
      slow.getOutputStream().write("GET /met".getBytes(StandardCharsets.US_ASCII));
      slow.getOutputStream().flush();
      get("/metrics");

      long start = System.nanoTime();
      endpoint.close();
      endpoint.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));

      PrometheusEndpoint again = PrometheusEndpoint.builder(registry).port(port).start();
      again.close();
    }
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (ourThreads() > 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(ourThreads()).isZero();
  }

  @Test
  void start_portInUse_throwsNamingIt() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      PrometheusEndpoint.Builder builder =
          PrometheusEndpoint.builder(registry).port(taken.getLocalPort());

      assertThatThrownBy(builder::start)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(":" + taken.getLocalPort())
          .hasMessageContaining("choose another port");
    }
  }

  private void restartWithin(Duration limit) {
    endpoint.close();
    endpoint = PrometheusEndpoint.builder(registry).port(0).requestLimit(limit).start();
  }

  private Socket connected(String request) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(endpoint.uri().getHost(), endpoint.port()), 10_000);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }

  /** Asks until it is answered: a connection may be closed while too many wait. */
  private boolean answeredWithin(Duration time) throws InterruptedException {
    long deadline = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        return get("/health").statusCode() == 200;
      } catch (IOException e) {
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }
    return false;
  }

  private static long ourThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("videoml-metrics"))
        .count();
  }

  private static boolean endOf(Socket socket) {
    try {
      while (socket.getInputStream().read() >= 0) {} // an error page, perhaps
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true; // reset
    }
  }

  private static StreamStatus status(
      StreamState state, Instant since, Problem problem, Instant lastFrame) {
    return new StreamStatus(
        state,
        since,
        1,
        problem == null ? 0 : 2,
        Optional.ofNullable(problem),
        Optional.ofNullable(lastFrame));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(endpoint.uri() + path))
        .timeout(Duration.ofSeconds(20));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }
}
