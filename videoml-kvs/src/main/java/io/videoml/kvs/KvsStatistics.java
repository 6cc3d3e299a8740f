package io.videoml.kvs;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.OptionalLong;

/**
 * What one reader did since it was opened.
 *
 * @param connections sessions of GetMedia that were asked for
 * @param reconnects why they were followed by another: {@code "end"} of the session, {@code
 *     "silent"}, {@code "corrupt"}, or what the service or the network reported
 * @param complete fragments that were delivered whole
 * @param incomplete fragments that were cut off, be it that they came again later
 * @param duplicates fragments that came again, and were passed over
 * @param resent those among them that the producer had sent again
 * @param gaps how often something is missing
 * @param frames pictures that came, without those that came again
 * @param undecodable pictures passed over since no key frame had come before them, or since they
 *     have no bytes
 * @param bytes of all sessions
 * @param millisBehindNow how far the last fragment was behind the newest of the stream; empty
 *     before the service told
 */
public record KvsStatistics(
    long connections,
    Map<String, Long> reconnects,
    long complete,
    long incomplete,
    long duplicates,
    long resent,
    long gaps,
    long frames,
    long undecodable,
    long bytes,
    OptionalLong millisBehindNow) {
  public KvsStatistics {
    reconnects = Map.copyOf(reconnects);
    requireNonNull(millisBehindNow, "millisBehindNow");
  }
}
