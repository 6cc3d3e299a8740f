package io.videoml.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What this process holds of the machine. Linux only.
 *
 * @param threads of Java and of native libraries
 * @param files open file descriptors, sockets included
 * @param residentMegabytes memory in use, after a garbage collection
 */
public record Footprint(long threads, long files, double residentMegabytes) {
  private static final Path SELF = Path.of("/proc/self");

  /** Measures it, after a garbage collection. */
  public static Footprint now() {
    System.gc(); // else what grows may be garbage that waits for its collector
    try (Stream<String> status = Files.lines(SELF.resolve("status"))) {
      double kilobytes =
          status
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
              .findFirst()
              .orElseThrow();
      return new Footprint(count("task"), count("fd") - 1, kilobytes / 1024); // less our own look
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long count(String directory) throws IOException {
    try (Stream<Path> entries = Files.list(SELF.resolve(directory))) {
      return entries.count();
    }
  }

  @Override
  public String toString() {
    return "%d threads, %d files, %.1f MB".formatted(threads, files, residentMegabytes);
  }
}
