package io.videoml.doctor;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The memory of this process without the Java heap, over time.
 *
 * <p>Threading: one thread.
 */
final class ProcessMemory {
  private static final long EVERY_NANOS = 100_000_000;
  private static final Path STATUS = Path.of("/proc/self/status");

  private final Series bytes = new Series();
  private long lookedNanos;

  /** Looks, unless it did a moment ago. */
  void look(long nowNanos) {
    if (bytes.size() > 0 && nowNanos - lookedNanos < EVERY_NANOS) {
      return;
    }
    lookedNanos = nowNanos;
    resident().ifPresent(all -> bytes.add(Math.max(0, all - touchedHeap())));
  }

  /** Pages of the heap become resident when they are first used, long after they are committed. */
  private static long touchedHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isValid())
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }

  private static Optional<Long> resident() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty(); // not Linux
    }
  }

  Optional<StreamReport.Memory> report() {
    int size = bytes.size();
    if (size < 3) {
      return Optional.empty();
    }
    long end = bytes.get(size - 1);
    return Optional.of(
        new StreamReport.Memory(end, end - bytes.get(size / 3), end - bytes.get(2 * size / 3)));
  }
}
