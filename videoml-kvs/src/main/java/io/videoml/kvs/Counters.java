package io.videoml.kvs;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Counts what one reader does. Threading: safe. */
final class Counters {
  /** What is counted. */
  enum Count {
    CONNECTIONS,
    COMPLETE,
    INCOMPLETE,
    DUPLICATES,
    RESENT,
    GAPS,
    FRAMES,
    UNDECODABLE,
    BYTES
  }

  private final Map<Count, Long> counts = new EnumMap<>(Count.class); // guarded, as all below
  private final Map<String, Long> reconnects = new TreeMap<>();
  private OptionalLong behind = OptionalLong.empty();

  synchronized void add(Count what, long number) {
    counts.merge(what, number, Long::sum);
  }

  synchronized void reconnect(String cause) {
    reconnects.merge(cause, 1L, Long::sum);
  }

  synchronized void behind(OptionalLong millis) {
    if (millis.isPresent()) {
      behind = millis;
    }
  }

  synchronized KvsStatistics statistics() {
    return new KvsStatistics(
        of(Count.CONNECTIONS),
        reconnects,
        of(Count.COMPLETE),
        of(Count.INCOMPLETE),
        of(Count.DUPLICATES),
        of(Count.RESENT),
        of(Count.GAPS),
        of(Count.FRAMES),
        of(Count.UNDECODABLE),
        of(Count.BYTES),
        behind);
  }

  private long of(Count what) {
    return counts.getOrDefault(what, 0L);
  }
}
