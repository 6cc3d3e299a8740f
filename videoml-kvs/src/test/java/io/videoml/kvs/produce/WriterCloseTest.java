package io.videoml.kvs.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.source.SourceException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Closing a writer while all is full and nobody answers. */
@Timeout(40)
class WriterCloseTest {
  @TempDir Path folder;

  @Test
  void close_whilePutWaitsForRoom_endsBothSoon() throws Exception {
    KvsWriter writer =
        SpoolingProcess.producer(folder, URI.create("http://127.0.0.1:9"), "AKIDNOBODY", "none")
            .whenFull(WhenFull.BLOCK)
            .spool(folder, 1 << 20)
            .build()
            .open();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread camera = new Thread(() -> putForEver(writer, thrown));
    camera.start();
    KvsWriterStandInTest.await(() -> camera.getState() == Thread.State.TIMED_WAITING);
    Thread closer = new Thread(writer::close);
    closer.start();
    closer.join(5000);
    boolean closed = !closer.isAlive();
    camera.interrupt(); // whatever happened
    closer.join(5000);
    camera.join(5000);

    assertThat(closed).isTrue();
    assertThat(thrown.get()).isInstanceOf(SourceException.class).hasMessageContaining("closed");
    assertThat(camera.isAlive()).isFalse();
  }

  @Test
  void close_byAnInterruptedThread_keepsTheLastFragmentInTheSpool() throws Exception {
    KvsWriter writer =
        SpoolingProcess.producer(folder, URI.create("http://127.0.0.1:9"), "AKIDNOBODY", "none")
            .build()
            .open();
    writer.put(TestPackets.packet(0, true, 500, TestPackets.FORMAT));
    Thread.currentThread().interrupt();
    writer.close();
    assertThat(Thread.interrupted()).isTrue();

    assertThat(
            Files.exists(folder.resolve("0000000000000000000.sent.mkv"))
                || Files.exists(folder.resolve("0000000000000000000.mkv")))
        .isTrue();
  }

  @Test
  void open_refusedInThisProcess_leavesTheLockForOthers() throws Exception {
    KvsProducer producer =
        SpoolingProcess.producer(folder, URI.create("http://127.0.0.1:9"), "AKIDNOBODY", "none")
            .build();
    try (KvsWriter first = producer.open()) {
      try {
        producer.open().close();
      } catch (SourceException e) {
        assertThat(e).hasMessageContaining("another writer");
      }
      Process other =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  SpoolingProcess.class.getName(),
                  folder.toString(),
                  "http://127.0.0.1:9")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        assertThat(other.inputReader().readLine()).as("what it has put").isNull();
      } finally {
        other.destroyForcibly().waitFor();
      }
      assertThat(first.pending()).isEmpty();
    }
  }

  @Test
  void gate_writerThatTakesNothing_failsTheUplinkAndNotTheCamera() {
    KvsWriter writer =
        SpoolingProcess.producer(folder, URI.create("http://127.0.0.1:9"), "AKIDNOBODY", "none")
            .build()
            .open();
    writer.close();
    RecentGroups groups = new RecentGroups(writer, 1 << 20);
    groups.add(TestPackets.packet(0, true, 500, TestPackets.FORMAT));
    assertThatThrownBy(() -> groups.want(TestPackets.START)).isInstanceOf(SourceException.class);

    groups.add(TestPackets.packet(1, false, 500, TestPackets.FORMAT));
    groups.add(TestPackets.packet(2, true, 500, TestPackets.FORMAT));
    assertThatThrownBy(() -> groups.want(TestPackets.START.plusSeconds(1)))
        .isInstanceOf(SourceException.class);
  }

  private static void putForEver(KvsWriter writer, AtomicReference<Throwable> thrown) {
    try {
      for (long n = 0; ; n++) {
        writer.put(TestPackets.packet(n, n % 30 == 0, 20_000, TestPackets.FORMAT));
      }
    } catch (RuntimeException e) {
      thrown.set(e);
    }
  }
}
