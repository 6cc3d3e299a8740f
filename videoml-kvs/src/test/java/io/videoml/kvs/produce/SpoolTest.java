package io.videoml.kvs.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.kvs.produce.ProducerEvent.Cause;
import io.videoml.kvs.produce.ProducerEvent.Dropped;
import io.videoml.kvs.produce.ProducerEvent.SpoolProblem;
import io.videoml.kvs.produce.WriterSettings.SpoolSettings;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.kvs.KvsStandIn;
import io.videoml.testkit.kvs.media.StoredFragment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SpoolTest {
  @TempDir Path folder;
  private final List<ProducerEvent> events = new ArrayList<>();

  @Test
  void open_afterTheProcessWasKilled_sendsAllThatWasFinished() throws Exception {
    long last = kill(250);
    long finished = (last - 1) / 60 * 60; // fragments of two seconds: the last one was not
    try (KvsStandIn service = KvsStandIn.builder().start()) {
      service.createStream("dock-3");
      KvsProducer producer =
          SpoolingProcess.producer(
                  folder, service.endpoint(), service.accessKey(), service.secretKey())
              .build();
      try (KvsWriter writer = producer.open()) {
        for (long n = 600_000; n < 600_060; n++) {
          writer.put(TestPackets.packet(n, n % 30 == 0, 2000, TestPackets.FORMAT));
        }
        assertThat(writer.flush(Duration.ofSeconds(40))).isTrue();
      }
      List<Long> numbers = new ArrayList<>();
      for (StoredFragment each : service.fragments("dock-3")) {
        numbers.addAll(StandInStream.numbers(each));
      }

      long kept = numbers.size() - 60; // it may have finished another that it could not tell of
      assertThat(kept).isBetween(finished, finished + 60);
      assertThat(numbers)
          .isEqualTo(
              LongStream.concat(LongStream.range(0, kept), LongStream.range(600_000, 600_060))
                  .boxed()
                  .toList());
      assertThat(files(".mkv")).isEmpty();
    }
  }

  @Test
  void open_directoryInUse_isRefused() {
    KvsProducer producer = nowhere().build();
    try (KvsWriter first = producer.open()) {
      assertThatThrownBy(producer::open)
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION))
          .hasMessageContaining("another writer uses the spool's directory");
      assertThat(first.pending()).isEmpty();
    }
    producer.open().close(); // it is free again
  }

  @Test
  void close_withoutTheNetwork_keepsAllInTheSpool() throws IOException {
    try (KvsWriter writer = nowhere().closeTimeout(Duration.ZERO).build().open(events::add)) {
      put(writer, 0, 200);
    }

    assertThat(files(".mkv")).hasSize(4);
    assertThat(events).noneMatch(Dropped.class::isInstance);
    try (KvsWriter writer = nowhere().closeTimeout(Duration.ZERO).build().open()) {
      assertThat(writer.pending()).extracting(FragmentInfo::frames).containsExactly(60, 60, 60, 20);
      assertThat(writer.pending().get(1).start()).isEqualTo(TestPackets.START.plusSeconds(2));
    }
  }

  @Test
  void open_damagedFiles_areReportedAndPutAside() throws IOException {
    try (KvsWriter writer = nowhere().closeTimeout(Duration.ZERO).build().open()) {
      put(writer, 0, 240);
    }
    List<Path> files = files(".mkv");
    Files.write(files.get(3), truncated(files.get(3), 100)); // its end
    byte[] changed = Files.readAllBytes(files.get(1));
    changed[changed.length / 2] ^= 1; // found out when it is read
    Files.write(files.get(1), changed);
    Files.write(folder.resolve("0000000000000000004.mkv.part"), new byte[10]);

    try (Spool spool = Spool.open(settings(64 << 20), "sim")) {
      Simulation run = new Simulation(1, Simulation.settings(1 << 20), spool);
      run.store.adopt(spool.scan(run.events::add));
      assertThat(run.settle(Duration.ofMinutes(1))).isTrue();

      assertThat(run.service.stored).hasSize(2);
      assertThat(run.events(SpoolProblem.class))
          .extracting(SpoolProblem::reason)
          .containsExactlyInAnyOrder(
              "it was not finished", "its end is missing", "its checksum is wrong");
      assertThat(run.events(Dropped.class))
          .extracting(Dropped::cause)
          .containsExactly(Cause.DAMAGED);
    }
    assertThat(files(".damaged")).hasSize(2);
  }

  @Test
  void put_whileTheNetworkIsAway_staysWithinMemoryAndSendsAllLater() throws IOException {
    try (Spool spool = Spool.open(settings(64 << 20), "sim")) {
      Simulation run = new Simulation(7, Simulation.settings(1 << 20), spool);
      run.frameBytes = 5000;
      run.service.bytesPerTick = 0;
      long most = 0;
      for (int i = 0; i < 60; i++) {
        run.film(30);
        most = Math.max(most, run.store.statistics().memoryBytes());
      }
      assertThat(most).isLessThanOrEqualTo(1 << 20);
      assertThat(run.store.statistics().pendingBytes()).isGreaterThan(8 << 20);
      run.service.bytesPerTick = 1 << 20;

      assertThat(run.settle(Duration.ofMinutes(5))).isTrue();
      assertThat(run.service.stored.stream().flatMap(each -> each.numbers().stream()).distinct())
          .hasSize((int) run.put)
          .isSorted();
      assertThat(run.events(Dropped.class)).isEmpty();
      assertThat(run.store.statistics().memoryBytes()).isZero();
    }
    assertThat(files(".mkv")).isEmpty();
  }

  @Test
  void put_beyondTheSpool_dropsTheOldestAndReportsThem() throws IOException {
    try (Spool spool = Spool.open(settings(2 << 20), "sim")) {
      Simulation run = new Simulation(7, Simulation.settings(1 << 20), spool);
      run.frameBytes = 5000;
      run.service.bytesPerTick = 0;
      run.film(1200);

      assertThat(bytes()).isLessThanOrEqualTo((2 << 20) + 10_000);
      assertThat(run.events(Dropped.class)).isNotEmpty().allMatch(e -> e.cause() == Cause.FULL);
      assertThat(run.events(Dropped.class)).extracting(e -> e.fragment().start()).isSorted();
      run.service.bytesPerTick = 1 << 20;
      assertThat(run.settle(Duration.ofMinutes(5))).isTrue();
      long stored = run.service.stored.stream().mapToLong(each -> each.frames().size()).sum();
      long dropped = run.events(Dropped.class).stream().mapToLong(e -> e.fragment().frames()).sum();
      assertThat(stored + dropped).isEqualTo(run.put);
    }
  }

  @Test
  void scan_fragmentThatHadBegunToLeave_maybeStored() throws IOException {
    try (Spool spool = Spool.open(settings(64 << 20), "sim")) {
      Simulation run = new Simulation(7, Simulation.settings(1 << 20), spool);
      run.film(30);
      run.uploader.close();
      run.film(90);
      run.assembler.end();

      assertThat(files(".mkv"))
          .extracting(each -> each.getFileName().toString())
          .containsExactly("0000000000000000000.sent.mkv", "0000000000000000001.mkv");
      assertThat(spool.scan(events::add))
          .extracting(each -> each.maybeStored)
          .containsExactly(true, false);
    }
  }

  private long kill(long after) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SpoolingProcess.class.getName(),
                folder.toString(),
                "http://127.0.0.1:9")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long last = -1;
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      String line = said.readLine();
      while (line != null && line.matches("\\d+")) {
        last = Long.parseLong(line);
        if (last == after) {
          process.toHandle().destroyForcibly(); // leaves us what it said until then
        }
        line = said.readLine();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(last).isGreaterThanOrEqualTo(after);
    return last;
  }

  private KvsProducer.Builder nowhere() {
    return SpoolingProcess.producer(folder, URI.create("http://127.0.0.1:9"), "AKIDNOBODY", "none");
  }

  private static void put(KvsWriter writer, long from, long to) {
    for (long n = from; n < to; n++) {
      writer.put(TestPackets.packet(n, n % 30 == 0, 2000, TestPackets.FORMAT));
    }
  }

  private SpoolSettings settings(long bytes) {
    return new SpoolSettings(folder.toString(), bytes, true);
  }

  private List<Path> files(String end) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(each -> each.toString().endsWith(end)).sorted().toList();
    }
  }

  private long bytes() throws IOException {
    long sum = 0;
    for (Path each : files(".mkv")) {
      sum += Files.size(each);
    }
    return sum;
  }

  private static byte[] truncated(Path file, int by) throws IOException {
    byte[] all = Files.readAllBytes(file);
    return java.util.Arrays.copyOf(all, all.length - by);
  }
}
