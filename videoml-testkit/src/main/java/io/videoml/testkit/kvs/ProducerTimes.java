package io.videoml.testkit.kvs;

import io.videoml.testkit.kvs.media.FragmentDraft;
import java.time.Instant;

/** Guesses when media was produced. */
final class ProducerTimes {
  /** A count in milliseconds that is larger is a date: a count from 0 gets there after 3 years. */
  private static final long LEAST_DATE = 100_000_000_000L;

  private ProducerTimes() {}

  static Instant of(FragmentDraft draft, Instant start) {
    long timecode = draft.timecodeMillis();
    return timecode >= LEAST_DATE
        ? Instant.ofEpochMilli(timecode)
        : start.plusMillis(Math.max(0, timecode));
  }
}
