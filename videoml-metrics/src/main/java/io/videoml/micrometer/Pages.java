package io.videoml.micrometer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.videoml.resilience.StreamStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests: made up in memory first, so that no slow client holds the registry. */
final class Pages implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(PrometheusEndpoint.class);
  private static final String PLAIN = "text/plain; charset=utf-8";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final PrometheusMeterRegistry registry;
  private final Supplier<Map<String, StreamStatus>> health;

  Pages(PrometheusMeterRegistry registry, Supplier<Map<String, StreamStatus>> health) {
    this.registry = registry;
    this.health = health;
  }

  private record Answer(int status, String type, String body) {}

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      byte[] body = answer.body().getBytes(UTF_8);
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private Answer answer(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    if (!"/metrics".equals(path) && !"/health".equals(path)) { // null where it is no path at all
      return plain(404, "there is /metrics and /health");
    }
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      return plain(405, "only GET and HEAD are answered");
    }
    try {
      return path.equals("/metrics") ? metrics(exchange) : health();
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} could not be answered", path, e);
      return plain(500, "failed; the log says why");
    }
  }

  private Answer metrics(HttpExchange exchange) {
    List<String> accepted = exchange.getRequestHeaders().getOrDefault("Accept", List.of());
    boolean open = accepted.stream().anyMatch(types -> types.contains("openmetrics-text"));
    String type = open ? OPEN_METRICS : PROMETHEUS;
    return new Answer(200, type, registry.scrape(type));
  }

  private Answer health() throws IOException {
    HealthReport report = HealthReport.of(health.get(), Instant.now());
    return new Answer(report.healthy() ? 200 : 503, "application/json", report.json());
  }

  private static Answer plain(int status, String text) {
    return new Answer(status, PLAIN, text + "\n");
  }
}
