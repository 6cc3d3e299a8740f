package io.videoml.testkit.kvs.media;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * What is known of a fragment without its media.
 *
 * @param number decimal digits, larger than those of the fragments before it
 * @param serverTime when the service had it
 * @param producerTime when it was produced, by the producer's clock
 * @param timecodeMillis the time in its cluster, in the producer's count
 * @param duration how long it lasts
 * @param size of its document, in bytes
 * @param verbatim whether the document is a capture that is sent as it is, with its last tags
 */
public record FragmentFacts(
    String number,
    Instant serverTime,
    Instant producerTime,
    long timecodeMillis,
    Duration duration,
    long size,
    boolean verbatim) {
  public FragmentFacts {
    requireNonNull(number, "number");
    requireNonNull(serverTime, "serverTime");
    requireNonNull(producerTime, "producerTime");
    requireNonNull(duration, "duration");
  }

  /** Returns when it ends, by the service's clock. */
  public Instant serverEnd() {
    return serverTime.plus(duration);
  }

  /** Returns when it ends, by the producer's clock. */
  public Instant producerEnd() {
    return producerTime.plus(duration);
  }
}
