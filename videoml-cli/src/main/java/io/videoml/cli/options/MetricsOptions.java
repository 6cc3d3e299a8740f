package io.videoml.cli.options;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether and where counts are served while a command runs. */
public final class MetricsOptions {
  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "Serves /metrics for Prometheus, and /health, while it runs; 0 for any free port. The address is"
              + " written to standard error. Default: off.")
  private @Nullable Integer port;

  @Option(
      names = "--metrics-host",
      paramLabel = "HOST",
      description =
          "The address of this machine to serve them on, 0.0.0.0 for all: there is no access control."
              + " Default: loopback.")
  private @Nullable String host;

  /** Returns the options as they come from a file. */
  public static MetricsOptions of(int port, String host) {
    MetricsOptions options = new MetricsOptions();
    options.port = port;
    options.host = host;
    return options;
  }

  /** Returns the port; empty where nothing is to be served. */
  public OptionalInt port() {
    return port == null ? OptionalInt.empty() : OptionalInt.of(port);
  }

  /** Returns the host; empty for loopback. */
  public String host() {
    return host == null ? "" : host;
  }
}
