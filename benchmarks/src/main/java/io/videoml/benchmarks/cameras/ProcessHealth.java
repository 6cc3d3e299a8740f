package io.videoml.benchmarks.cameras;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What this process holds at a moment.
 *
 * @param threads live Java threads
 * @param files open file descriptors
 * @param megabytes resident memory
 */
record ProcessHealth(int threads, int files, double megabytes) {

  /** Looks, after a collection of garbage, so that what only waits for it does not count. */
  static ProcessHealth now() {
    System.gc();
    return new ProcessHealth(liveThreads(), openFiles(), residentMegabytes());
  }

  /** The JDK keeps those that waited for child processes for a minute. */
  private static int liveThreads() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> !thread.getName().equals("process reaper"))
            .count();
  }

  private static int openFiles() {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return (int) files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double residentMegabytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%d threads, %d files, %.1f MB resident", threads, files, megabytes);
  }
}
