package io.videoml.cli.options;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How Kinesis Video Streams is reached, and where reading begins. */
public final class KvsOptions {
  @Option(
      names = "--kvs-endpoint",
      paramLabel = "URL",
      description = "For kvs: where the service is, as of kvs-local. Default: AWS, in the region.")
  private @Nullable String endpoint;

  @Option(
      names = "--region",
      paramLabel = "NAME",
      description =
          "For kvs: the AWS region. Default: as the AWS SDK finds it, in AWS_REGION or a profile.")
  private @Nullable String region;

  @Option(
      names = "--start",
      paramLabel = "WHERE",
      description =
          "For kvs: NOW, EARLIEST, the number of the fragment before, or an instant of the producer's clock, as"
              + " 2026-11-22T12:00:00Z. Default: NOW. Other than NOW, frames wait for a slow detector.")
  private @Nullable String start;

  /** Returns these, as a configuration file gives them. */
  public static KvsOptions of(
      Optional<String> endpoint, Optional<String> region, Optional<String> start) {
    KvsOptions options = new KvsOptions();
    options.endpoint = endpoint.orElse(null);
    options.region = region.orElse(null);
    options.start = start.orElse(null);
    return options;
  }

  public Optional<String> endpoint() {
    return Optional.ofNullable(endpoint);
  }

  public Optional<String> region() {
    return Optional.ofNullable(region);
  }

  public Optional<String> start() {
    return Optional.ofNullable(start);
  }
}
