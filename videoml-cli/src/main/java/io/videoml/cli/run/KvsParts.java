package io.videoml.cli.run;

import io.videoml.cli.options.KvsOptions;
import io.videoml.cli.process.CliException;
import io.videoml.kvs.KvsSource;
import io.videoml.kvs.KvsStart;
import io.videoml.kvs.client.KvsConnection;
import io.videoml.kvs.fragment.FragmentNumber;
import io.videoml.source.FrameSource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * What Kinesis Video Streams gives and takes. Apart from the rest, so that nothing of the AWS SDK
 * is loaded for other sources.
 */
final class KvsParts {
  /** Longer than the longest fragment, so that a stream that lives does not end. */
  private static final Duration IDLE = Duration.ofSeconds(25);

  /**
   * Less, so that a session over a dead connection is replaced before the stream counts as idle.
   */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private KvsParts() {}

  /**
   * Returns the source of a {@code kvs://} address.
   *
   * @param endsWhenIdle whether it ends where no producer sends
   */
  static FrameSource source(String address, KvsOptions options, boolean endsWhenIdle) {
    KvsStart start = start(options);
    KvsSource.Builder source;
    try {
      source = KvsSource.builder(stream(address));
    } catch (IllegalArgumentException e) {
      throw CliException.usage("--source names no stream", String.valueOf(e.getMessage()));
    }
    source.startAt(start);
    if (endsWhenIdle) {
      source.connection(settings(options).readTimeout(SILENCE).build()).endWhenIdle(IDLE);
    } else {
      source.connection(connection(options));
      // What is stored waits; only what comes now is lost when it is not taken.
      source.live(start.equals(KvsStart.now()));
    }
    return source.build();
  }

  private static String stream(String address) {
    String rest = address.substring(address.indexOf(':') + 1);
    return rest.startsWith("//") ? rest.substring(2) : rest;
  }

  static KvsConnection connection(KvsOptions options) {
    return settings(options).build();
  }

  private static KvsConnection.Builder settings(KvsOptions options) {
    KvsConnection.Builder connection = KvsConnection.builder();
    try {
      options.region().ifPresent(connection::region);
    } catch (IllegalArgumentException e) {
      throw CliException.usage("--region cannot be used", String.valueOf(e.getMessage()));
    }
    try {
      options.endpoint().ifPresent(url -> connection.endpoint(URI.create(url)));
    } catch (IllegalArgumentException e) { // whose message may repeat a password
      throw CliException.usage(
          "--kvs-endpoint cannot be used",
          "it is http://host:port or https://host:port, without a user");
    }
    return connection;
  }

  private static KvsStart start(KvsOptions options) {
    String text = options.start().orElse("NOW");
    if (text.equalsIgnoreCase("NOW")) {
      return KvsStart.now();
    }
    if (text.equalsIgnoreCase("EARLIEST")) {
      return KvsStart.earliest();
    }
    if (FragmentNumber.wellFormed(text)) {
      return KvsStart.after(new FragmentNumber(text));
    }
    try {
      return KvsStart.producerTime(Instant.parse(text));
    } catch (DateTimeParseException e) {
      throw CliException.usage(
          "--start '" + text + "' is no place in a stream",
          "it is NOW, EARLIEST, a fragment number, or an instant such as 2026-11-22T12:00:00Z");
    }
  }
}
