package io.videoml.kvs;

import io.videoml.kvs.fragment.KvsFragment;
import java.time.Instant;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the media times of the last fragments, to tell those that a producer sent again: it
 * cannot know what arrived before its connection broke, and the service numbers both.
 */
final class Resent {
  private static final int REMEMBERED = 256;

  private final LinkedHashSet<Time> times = new LinkedHashSet<>();

  /**
   * When a producer began a fragment: its clock, and its timecode.
   *
   * @param producer by its clock
   * @param timecodeNanos of the cluster
   */
  record Time(Instant producer, long timecodeNanos) {
    /** Returns the time of a fragment; null where it is not told. */
    static @Nullable Time of(KvsFragment fragment) {
      return fragment.producerTime() == null
          ? null
          : new Time(fragment.producerTime(), fragment.clusterTimecodeNanos());
    }
  }

  boolean contains(KvsFragment fragment) {
    Time time = Time.of(fragment);
    return time != null && times.contains(time);
  }

  void add(KvsFragment fragment) {
    Time time = Time.of(fragment);
    if (time != null && times.add(time) && times.size() > REMEMBERED) {
      times.remove(times.iterator().next());
    }
  }
}
