package io.videoml.testkit.kvs.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What is settled about a fragment when it starts to arrive.
 *
 * @param number its own
 * @param serverTime when it came
 * @param producerTime when it was produced
 * @param timecodeMillis the time in its cluster, as consumers see it
 */
public record Opening(
    String number, Instant serverTime, Instant producerTime, long timecodeMillis) {
  public Opening {
    requireNonNull(number, "number");
    requireNonNull(serverTime, "serverTime");
    requireNonNull(producerTime, "producerTime");
  }
}
