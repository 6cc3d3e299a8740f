package io.videoml.micrometer;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.videoml.resilience.StreamStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Serves a registry over HTTP, for Prometheus to scrape, and the health of the cameras.
 *
 * <ul>
 *   <li>{@code /metrics}: Prometheus' text format, or OpenMetrics for who accepts it
 *   <li>{@code /health}: JSON with the state of every camera; 200 while all are live, else 503
 * </ul>
 *
 * <p>There is no access control: whoever reaches the port reads the names of cameras and what went
 * wrong with them. It listens on the loopback address only, unless told otherwise.
 *
 * <p>Threading: safe. Requests are answered on four daemon threads, each within 5 s, after which
 * the connection is closed; with too many waiting, further ones are closed at once.
 */
public final class PrometheusEndpoint implements AutoCloseable {
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(5);

  private final HttpServer server;
  private final RequestWorkers workers;
  private final AtomicBoolean closed = new AtomicBoolean();

  private PrometheusEndpoint(HttpServer server, RequestWorkers workers) {
    this.server = server;
    this.workers = workers;
  }

  /**
   * Starts an endpoint.
   *
   * @param registry what is served; the endpoint does not close it
   */
  public static Builder builder(PrometheusMeterRegistry registry) {
    return new Builder(registry);
  }

  /** Returns the port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Returns its address, as {@code http://127.0.0.1:9464}. */
  public URI uri() {
    InetAddress address = server.getAddress().getAddress();
    String host = address.getHostAddress();
    return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port());
  }

  /** Stops listening, and cuts off requests that are being answered; within a second. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      workers.close();
      server.stop(/* delay= */ 0);
    }
  }

  /** Collects what an endpoint needs. */
  public static final class Builder {
    private final PrometheusMeterRegistry registry;
    private InetAddress address = InetAddress.getLoopbackAddress();
    private int port = 9464;
    private Supplier<Map<String, StreamStatus>> health = Map::of;
    private Duration requestLimit = REQUEST_LIMIT;

    private Builder(PrometheusMeterRegistry registry) {
      this.registry = requireNonNull(registry, "registry");
    }

    /** Listens on this port; 0 for any that is free. Default: 9464. */
    public Builder port(int number) {
      if (number < 0 || number > 65535) {
        throw new IllegalArgumentException("port must be within 0..65535, was " + number);
      }
      port = number;
      return this;
    }

    /** Listens on this address of the machine. Default: loopback, for this machine only. */
    public Builder address(InetAddress where) {
      address = requireNonNull(where, "address");
      return this;
    }

    /**
     * Sets where the cameras' states come from, by camera id. Default: there are none, and the
     * endpoint is healthy while it runs.
     *
     * @param cameras called for each request, by several threads; must not block; what it throws
     *     makes the answer a 500
     */
    public Builder health(Supplier<Map<String, StreamStatus>> cameras) {
      health = requireNonNull(cameras, "health");
      return this;
    }

    /** For tests. */
    Builder requestLimit(Duration limit) {
      requestLimit = limit;
      return this;
    }

    /**
     * Starts to listen.
     *
     * @throws UncheckedIOException if the port cannot be had
     */
    public PrometheusEndpoint start() {
      InetSocketAddress where = new InetSocketAddress(address, port);
      HttpServer server;
      try {
        server = HttpServer.create(where, /* backlog= */ 0);
      } catch (IOException e) {
        throw new UncheckedIOException(
            "cannot listen on " + where + " (" + e.getMessage() + "); choose another port", e);
      }
      RequestWorkers workers = new RequestWorkers(requestLimit);
      server.setExecutor(workers);
      server.createContext("/", new Pages(registry, health));
      startAsDaemon(server);
      return new PrometheusEndpoint(server, workers);
    }

    /** The server's own thread is a daemon only if the thread that starts it is. */
    private static void startAsDaemon(HttpServer server) {
      Thread starter = new Thread(server::start, "videoml-metrics-start");
      starter.setDaemon(true);
      starter.start();
      boolean interrupted = false;
      while (starter.isAlive()) {
        try {
          starter.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
