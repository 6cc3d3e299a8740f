package io.videoml.kvs;

import static java.util.Objects.requireNonNull;

import io.videoml.kvs.fragment.FragmentNumber;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the archive's list says of a fragment.
 *
 * @param number the service's
 * @param producerTime when the producer began it, by its clock; null where the list does not say
 * @param serverTime when the service received it; null where the list does not say
 * @param length of its video; zero where the list does not say
 * @param bytes its size; 0 where the list does not say
 */
public record KvsArchivedFragment(
    FragmentNumber number,
    @Nullable Instant producerTime,
    @Nullable Instant serverTime,
    Duration length,
    long bytes) {
  public KvsArchivedFragment {
    requireNonNull(number, "number");
    requireNonNull(length, "length");
  }
}
