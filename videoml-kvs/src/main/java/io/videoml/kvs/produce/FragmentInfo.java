package io.videoml.kvs.produce;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Names a fragment of a producer.
 *
 * @param start the time of its first picture, by which the service's acknowledgements name it
 * @param end the time of its last picture so far
 * @param frames how many pictures it holds
 * @param bytes how long it is
 * @param startsWithKeyFrame whether it can be decoded without the one before
 */
public record FragmentInfo(
    Instant start, Instant end, int frames, long bytes, boolean startsWithKeyFrame) {
  public FragmentInfo {
    requireNonNull(start, "start");
    requireNonNull(end, "end");
  }
}
