package io.videoml.pipeline;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Counts what one stage lets through, and why it stops the rest. Counted and read by any thread.
 */
final class StageCounter {
  /** A sampler that puts its score into its reason must not fill the memory. */
  static final int MOST_REASONS = 16;

  private final String name;
  private final AtomicLong out = new AtomicLong();
  private final Map<String, AtomicLong> stopped = new ConcurrentHashMap<>();

  StageCounter(String name) {
    this.name = name;
  }

  void passed() {
    out.incrementAndGet();
  }

  /** Counts frames that were stopped for a reason of ours; there are few. */
  void stopped(String reason, long frames) {
    stopped.computeIfAbsent(reason, key -> new AtomicLong()).addAndGet(frames);
  }

  /** Counts a frame that was stopped for a reason of the user's; there may be too many. */
  void stoppedByUser(String reason) {
    boolean room = stopped.size() < MOST_REASONS || stopped.containsKey(reason);
    stopped(room ? reason : "other", 1);
  }

  long out() {
    return out.get();
  }

  /**
   * Returns the counts.
   *
   * @param in tells how many frames came; asked last, so that they are never too few
   * @param lost what frames that are still inside are counted as; blank where they may come out
   */
  StageSummary summary(LongSupplier in, String lost) {
    long passed = out.get();
    Map<String, Long> reasons = new TreeMap<>(); // the same counts shall always print the same
    stopped.forEach((reason, count) -> reasons.put(reason, count.get()));
    long came = in.getAsLong();
    long inside = came - passed - reasons.values().stream().mapToLong(Long::longValue).sum();
    if (inside > 0 && !lost.isBlank()) {
      reasons.merge(lost, inside, Long::sum);
    }
    return new StageSummary(name, came, passed, reasons);
  }
}
