package io.videoml.kvs.produce;

import com.sun.management.OperatingSystemMXBean;
import io.videoml.packet.EncodedPacket;
import io.videoml.testkit.kvs.KvsStandIn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What sending a camera costs: 1080p at 6 Mbit/s and 30 frames a second, from packets in memory,
 * paced as a camera paces them, to a stand-in in another process. Prints the processor time of this
 * process as a share of one core, and the heap after a collection.
 */
final class ProducerCost {
  private static final int FRAMES = 30;
  private static final int BYTES = 25_000; // 6 Mbit/s
  private static final int KEY_BYTES = 100_000;

  private ProducerCost() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("service")) {
      serve();
      return;
    }
    int seconds = Integer.parseInt(arguments[0]);
    int cameras = Integer.parseInt(arguments[1]);
    Process service =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ProducerCost.class.getName(),
                "service")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(service.getInputStream(), StandardCharsets.US_ASCII))) {
      measure(said.readLine().split(" "), seconds, cameras);
    } finally {
      service.toHandle().destroyForcibly();
    }
  }

  private static void serve() throws IOException {
    try (KvsStandIn service = KvsStandIn.builder().retention(10, 64 << 20).start()) {
      for (int i = 0; i < 100; i++) {
        service.createStream("camera-" + i);
      }
      System.out.println(
          service.endpoint() + " " + service.accessKey() + " " + service.secretKey());
      while (System.in.read() >= 0) {}
    }
  }

  private static void measure(String[] service, int seconds, int cameras) throws Exception {
    long base = heap();
    List<KvsWriter> writers = new ArrayList<>();
    for (int i = 0; i < cameras; i++) {
      writers.add(
          KvsProducer.builder("camera-" + i)
              .connection(StandInStream.connection(URI.create(service[0]), service[1], service[2]))
              .build()
              .open());
    }
    int warmUp = 20 * FRAMES;
    int measured = warmUp + seconds * FRAMES;
    double cpu = 0;
    long begin = System.nanoTime();
    long most = 0;
    for (int n = 0; n < measured + 10 * FRAMES; n++) {
      if (n == warmUp) {
        cpu = cpuSeconds();
      } else if (n == measured) {
        cpu = cpuSeconds() - cpu;
      }
      boolean key = n % 60 == 0;
      EncodedPacket packet =
          TestPackets.packet(n, key, key ? KEY_BYTES : BYTES, TestPackets.FORMAT);
      LockSupport.parkNanos(begin + n * 1_000_000_000L / FRAMES - System.nanoTime());
      writers.forEach(writer -> writer.put(packet));
      if (n > measured && n % FRAMES == 0) { // its collections cost more than sending does
        most = Math.max(most, heap() - base);
      }
    }
    long bytes = 0;
    long persisted = 0;
    for (KvsWriter writer : writers) {
      boolean done = writer.flush(Duration.ofSeconds(20));
      if (!done || writer.statistics().fragmentsDropped() > 0) {
        throw new IllegalStateException("not all was stored: " + writer.statistics());
      }
      bytes += writer.statistics().bytesSent();
      persisted += writer.statistics().framesPersisted();
      writer.close();
    }
    System.out.printf(
        "%d camera(s), %d s: %.2f %% of a core each, %.1f MB of heap each at most; %d frames of %.1f MB stored%n",
        cameras,
        seconds,
        100 * cpu / seconds / cameras,
        most / 1e6 / cameras,
        persisted,
        bytes / 1e6);
  }

  private static double cpuSeconds() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }

  /** Returns the heap in use after a collection. */
  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
