package io.videoml.benchmarks.cameras;

import io.videoml.testkit.Footprint;
import java.util.Locale;

/**
 * What this process holds at a moment.
 *
 * @param threads live Java threads
 * @param files open file descriptors
 * @param megabytes resident memory
 */
record ProcessHealth(int threads, long files, double megabytes) {

  /** Looks, after a collection of garbage, so that what only waits for it does not count. */
  static ProcessHealth now() {
    Footprint held = Footprint.now();
    return new ProcessHealth(liveThreads(), held.files(), held.residentMegabytes());
  }

  /** The JDK keeps those that waited for child processes for a minute. */
  private static int liveThreads() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> !thread.getName().equals("process reaper"))
            .count();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%d threads, %d files, %.1f MB resident", threads, files, megabytes);
  }
}
