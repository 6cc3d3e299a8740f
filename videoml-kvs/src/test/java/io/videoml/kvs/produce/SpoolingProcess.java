package io.videoml.kvs.produce;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** A process that puts pictures into a spool until it is killed; it says what it has put. */
final class SpoolingProcess {
  private SpoolingProcess() {}

  public static void main(String[] arguments) {
    KvsProducer producer =
        producer(Path.of(arguments[0]), URI.create(arguments[1]), "AKIDNOBODY", "nothing").build();
    try (KvsWriter writer = producer.open()) {
      for (long n = 0; ; n++) {
        writer.put(TestPackets.packet(n, n % 30 == 0, 2000, TestPackets.FORMAT));
        System.out.println(n);
        LockSupport.parkNanos(500_000); // sixty times faster than a camera
      }
    }
  }

  static KvsProducer.Builder producer(Path spool, URI endpoint, String key, String secret) {
    return KvsProducer.builder("dock-3")
        .connection(StandInStream.connection(endpoint, key, secret))
        .reconnect(KvsWriterStandInTest.quick())
        .memory(1 << 20)
        .spool(spool, 64 << 20);
  }
}
