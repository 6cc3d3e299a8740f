package io.videoml.cli.run;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.videoml.cli.options.MetricsOptions;
import io.videoml.cli.process.CliException;
import io.videoml.cli.process.Console;
import io.videoml.metrics.MetricsSink;
import io.videoml.micrometer.MicrometerMetricsSink;
import io.videoml.micrometer.PrometheusEndpoint;
import io.videoml.resilience.StreamStatus;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Serves counts and the health of streams while a command runs.
 *
 * <p>Threading: safe.
 */
public final class MetricsServer implements AutoCloseable {
  private final PrometheusMeterRegistry registry;
  private final MetricsSink sink;
  private final PrometheusEndpoint endpoint;

  private MetricsServer(
      PrometheusMeterRegistry registry, MetricsSink sink, PrometheusEndpoint endpoint) {
    this.registry = registry;
    this.sink = sink;
    this.endpoint = endpoint;
  }

  /**
   * Starts it, and says where it is on standard error; empty where it is not wanted.
   *
   * @param pipeline the label of that name
   * @param health the state of each stream by its name, asked for by any thread
   */
  public static Optional<MetricsServer> start(
      MetricsOptions options,
      String pipeline,
      Supplier<Map<String, StreamStatus>> health,
      Console console) {
    if (options.port().isEmpty()) {
      if (!options.host().isEmpty()) {
        throw CliException.usage(
            "--metrics-host does nothing without --metrics-port", "add it; 0 is any free port");
      }
      return Optional.empty();
    }
    int port = options.port().getAsInt();
    if (port < 0 || port > 65535) {
      throw CliException.usage("--metrics-port must be from 0 to 65535, was " + port, "0 is any");
    }
    MetricsServer server = start(address(options.host()), port, pipeline, health);
    console.err().println("videoml: metrics at " + server.endpoint.uri() + "/metrics");
    return Optional.of(server);
  }

  private static MetricsServer start(
      InetAddress address, int port, String pipeline, Supplier<Map<String, StreamStatus>> health) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    MetricsSink sink = MicrometerMetricsSink.of(registry, pipeline);
    try {
      return new MetricsServer(
          registry,
          sink,
          PrometheusEndpoint.builder(registry).address(address).port(port).health(health).start());
    } catch (UncheckedIOException e) {
      registry.close();
      String why =
          String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
      throw CliException.failure(
          "cannot serve metrics on port " + port, why + "; choose another port or host", e);
    }
  }

  private static InetAddress address(String host) {
    if (host.isEmpty()) {
      return InetAddress.getLoopbackAddress();
    }
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw CliException.usage(
          "--metrics-host " + host + " is unknown", "name one of this machine");
    }
  }

  /** Returns what pipelines count into. */
  public MetricsSink sink() {
    return sink;
  }

  @Override
  public void close() {
    endpoint.close();
    registry.close();
  }
}
