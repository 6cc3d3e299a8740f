package io.videoml.kvs.produce;

import io.videoml.resilience.ReconnectPolicy;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a writer works.
 *
 * @param target how long a fragment is at least, if key frames allow
 * @param longest where a fragment is cut without a key frame
 * @param memoryBytes how much of the media lies in memory
 * @param tags put on every fragment
 * @param spool where fragments wait on disk; null for memory only
 */
record WriterSettings(
    Duration target,
    Duration longest,
    long memoryBytes,
    WhenFull whenFull,
    Map<String, String> tags,
    ReconnectPolicy reconnect,
    Duration rotation,
    Duration ackTimeout,
    Duration closeTimeout,
    @Nullable SpoolSettings spool)
    implements Serializable {

  /**
   * Where fragments wait on disk.
   *
   * @param sync whether a file is forced to the disk before it counts
   */
  record SpoolSettings(String directory, long bytes, boolean sync) implements Serializable {}

  static final WriterSettings DEFAULTS =
      new WriterSettings(
          Duration.ofSeconds(2),
          Duration.ofMillis(19_500),
          12 << 20,
          WhenFull.DROP_OLDEST_FRAGMENT,
          Map.of(),
          ReconnectPolicy.defaults().backoff(Duration.ofMillis(200), 2, Duration.ofSeconds(30)),
          Duration.ofMinutes(40),
          Duration.ofSeconds(15),
          Duration.ofMillis(1500),
          null);

  /** The longest fragment in bytes: two always fit, one that is sent and one that begins. */
  long fragmentBytes() {
    return Math.min(48_000_000, memoryBytes / 2);
  }

  Optional<SpoolSettings> spooled() {
    return Optional.ofNullable(spool);
  }
}
