package io.videoml.kvs.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.kvs.produce.ProducerEvent.Cause;
import io.videoml.kvs.produce.ProducerEvent.Dropped;
import io.videoml.kvs.produce.ReceivedMedia.Media;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random faults, on a clock of the test's: what was put is stored, in order. */
@Timeout(60)
class ProducerFaultsTest {
  private static final int RUNS = 200;
  private static final int FRAMES = 900; // half a minute

  @Test
  void sending_underRandomFaults_storesEveryFrameInOrderAndMarksRepetitions() {
    int faults = 0;
    int repetitions = 0;
    int refused = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      Simulation run = new Simulation(seed, Simulation.settings(64 << 20), null);
      shape(run, seed);
      run.service.faulty = true;
      run.film(FRAMES);
      run.service.faulty = false;

      assertThat(run.settle(Duration.ofMinutes(10))).as("run %d is stored", seed).isTrue();
      check(run, seed);
      faults += run.service.faults;
      repetitions += repetitions(run);
      refused += run.events(Dropped.class).size();
      assertThat(run.events(Dropped.class))
          .as("run %d", seed)
          .allMatch(event -> event.cause() == Cause.REFUSED);
    }
    System.getLogger("test")
        .log(
            System.Logger.Level.INFO,
            "{0} faults, {1} repetitions, {2} refused",
            faults,
            repetitions,
            refused);
    assertThat(faults).as("faults").isGreaterThan(5 * RUNS);
    assertThat(repetitions).as("repetitions").isPositive();
  }

  @Test
  void sending_withTooLittleMemory_storesEveryFrameOrReportsIt() {
    int dropped = 0;
    for (int seed = 1000; seed < 1000 + RUNS / 8; seed++) {
      Simulation run = new Simulation(seed, Simulation.settings(1 << 20), null);
      shape(run, seed);
      run.frameBytes = 4000; // memory for nine seconds
      run.service.faulty = true;
      run.film(FRAMES);
      run.service.faulty = false;

      assertThat(run.settle(Duration.ofMinutes(10))).as("run %d is stored", seed).isTrue();
      check(run, seed);
      dropped +=
          (int) run.events(Dropped.class).stream().filter(e -> e.cause() == Cause.FULL).count();
    }
    assertThat(dropped).isPositive();
  }

  private static void shape(Simulation run, int seed) {
    Random random = new Random(seed * 31L);
    run.gop = List.of(1, 10, 30, 60, 150, 700).get(random.nextInt(6));
    if (random.nextInt(3) == 0) {
      run.service.bytesPerTick = 150 + random.nextInt(400);
    }
  }

  private static void check(Simulation run, int seed) {
    List<Media> stored = run.service.stored;
    Set<Long> numbers = new HashSet<>();
    Set<Long> fragments = new HashSet<>();
    for (Media media : stored) {
      numbers.addAll(media.numbers());
      assertThat(media.numbers()).as("frames of a fragment, run %d", seed).isSorted();
      if (!fragments.add(media.timecode())) {
        assertThat(media.marked()).as("a repetition, run %d", seed).isTrue();
      }
    }
    List<Dropped> dropped = run.events(Dropped.class);
    List<Long> missing = new ArrayList<>();
    for (long n = 0; n < run.put; n++) {
      if (!numbers.contains(n) && !reported(dropped, n)) {
        missing.add(n);
      }
    }
    assertThat(missing).as("frames that are lost, run %d", seed).isEmpty();
    List<Long> wanted = new ArrayList<>(new java.util.TreeSet<>(numbers));
    assertThat(stored.stream().flatMap(media -> media.numbers().stream()).toList())
        .as("frames in order, run %d", seed)
        .containsSubsequence(wanted);
    ProducerStatistics statistics = run.store.statistics();
    assertThat(statistics.framesPut()).isEqualTo(run.put);
    assertThat(statistics.framesPersisted() + statistics.framesDropped()).isEqualTo(run.put);
    assertThat(statistics.memoryBytes()).isZero();
  }

  private static boolean reported(List<Dropped> dropped, long n) {
    Instant at =
        Instant.ofEpochMilli(TestPackets.START.plusNanos(n * 1_000_000_000L / 30).toEpochMilli());
    return dropped.stream()
        .map(Dropped::fragment)
        .anyMatch(gone -> !at.isBefore(gone.start()) && !at.isAfter(gone.end()));
  }

  private static int repetitions(Simulation run) {
    return run.service.stored.size()
        - (int) run.service.stored.stream().map(Media::timecode).distinct().count();
  }
}
