package io.videoml.kvs.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.kvs.produce.ProducerEvent.Cause;
import io.videoml.kvs.produce.ProducerEvent.Dropped;
import io.videoml.testkit.kvs.KvsStandIn;
import io.videoml.testkit.kvs.faults.AckType;
import io.videoml.testkit.kvs.faults.Fault;
import io.videoml.testkit.kvs.faults.KvsOperation;
import io.videoml.testkit.kvs.faults.PutMoment;
import io.videoml.testkit.kvs.http.Ending;
import io.videoml.testkit.kvs.media.StoredFragment;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random faults over HTTP, eight streams at once. More runs by the property {@code
 * videoml.kvs.runs}: {@code benchmarks/kvs/producer-faults} takes 200.
 */
class ProducerFaultsStandInTest {
  private static final int RUNS = Integer.getInteger("videoml.kvs.runs", 8);
  private static final int AT_ONCE = 8;
  private static final int FRAMES = 360;
  private static final int[] CODES = {4000, 4003, 4004, 4006, 4010, 4011, 5000, 5001};
  private static final int[] REFUSALS = {400, 401, 403, 404, 429, 500, 503};

  @Test
  @Timeout(1200)
  void put_underRandomFaults_storesEveryFrameInOrderAndMarksRepetitions() throws Exception {
    ExecutorService cameras = Executors.newFixedThreadPool(AT_ONCE);
    int faults = 0;
    try {
      for (int seed = 0; seed < RUNS; seed += AT_ONCE) {
        faults += batch(seed, cameras);
      }
    } finally {
      cameras.shutdownNow();
    }
    assertThat(faults).as("faults").isGreaterThanOrEqualTo(RUNS);
  }

  private static int batch(int seed, ExecutorService cameras) throws Exception {
    try (KvsStandIn service = KvsStandIn.builder().start()) {
      service.faults().randomly(KvsOperation.PUT_MEDIA, 0.75, seed, ProducerFaultsStandInTest::one);
      service
          .faults()
          .randomly(KvsOperation.GET_DATA_ENDPOINT, 0.3, seed, random -> refusal(random));
      List<Future<Run>> runs = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        String stream = "camera-" + (seed + i);
        service.createStream(stream);
        Callable<Run> run = () -> film(service, stream);
        runs.add(cameras.submit(run));
      }
      List<Run> filmed = new ArrayList<>();
      for (Future<Run> each : runs) {
        filmed.add(each.get());
      }
      int faults = service.faults().taken().size();
      service.faults().clear();
      for (Run each : filmed) {
        try (KvsWriter writer = each.writer()) {
          assertThat(writer.flush(Duration.ofSeconds(50)))
              .as("%s is stored: %s", each.stream(), each.events())
              .isTrue();
        }
        check(service, each);
      }
      return faults;
    }
  }

  private record Run(String stream, KvsWriter writer, Queue<ProducerEvent> events) {}

  private static Run film(KvsStandIn service, String stream) throws InterruptedException {
    Queue<ProducerEvent> events = new ConcurrentLinkedQueue<>();
    KvsWriter writer =
        KvsProducer.builder(stream)
            .connection(StandInStream.connection(service, Optional.empty()))
            .reconnect(KvsWriterStandInTest.quick())
            .ackTimeout(Duration.ofMillis(800))
            .rotateAfter(Duration.ofMillis(900))
            .whenFull(WhenFull.BLOCK)
            .build()
            .open(events::add);
    for (int i = 0; i < FRAMES; i++) {
      writer.put(TestPackets.packet(i, i % 30 == 0, 1500, TestPackets.FORMAT));
    }
    boolean unused = writer.flush(Duration.ofSeconds(3)); // with faults
    return new Run(stream, writer, events);
  }

  private static Fault one(Random random) {
    int fragment = random.nextInt(4);
    Ending how = random.nextBoolean() ? Ending.RESET : Ending.CLOSE;
    return switch (random.nextInt(10)) {
      case 0 -> new Fault.CutRequest(random.nextInt(400_000), how);
      case 1 -> new Fault.StallRequest(random.nextInt(300_000), Duration.ofMillis(1500));
      case 2 -> new Fault.CutAnswer(random.nextInt(1500), how);
      case 3 -> new Fault.EndAnswer(random.nextInt(1500));
      case 4 -> new Fault.SlowRequest(100_000 + random.nextInt(200_000));
      case 5 ->
          new Fault.CutPut(
              fragment, PutMoment.values()[random.nextInt(PutMoment.values().length)], how);
      case 6 -> new Fault.ErrorAck(fragment, CODES[random.nextInt(CODES.length)], true);
      case 7 -> new Fault.ErrorAck(fragment, CODES[random.nextInt(CODES.length)], false);
      case 8 -> new Fault.LoseAcks(Set.of(AckType.PERSISTED));
      default -> refusal(random);
    };
  }

  private static Fault refusal(Random random) {
    int status = REFUSALS[random.nextInt(REFUSALS.length)];
    String type =
        switch (status) {
          case 400 -> "ConnectionLimitExceededException";
          case 401, 403 -> "NotAuthorizedException";
          case 404 -> "ResourceNotFoundException";
          case 429 -> "ClientLimitExceededException";
          default -> "InternalFailure";
        };
    return new Fault.Refuse(status, type);
  }

  private static void check(KvsStandIn service, Run run) throws IOException {
    List<Long> all = new ArrayList<>();
    Set<Long> fragments = new HashSet<>();
    for (StoredFragment each : service.fragments(run.stream())) {
      all.addAll(StandInStream.numbers(each));
      if (!fragments.add(each.timecodeMillis())) {
        assertThat(each.tags())
            .as("a repetition in %s", run.stream())
            .containsKey(KvsProducer.DUPLICATE_TAG);
      }
    }
    Set<Long> numbers = new TreeSet<>(all);
    List<Dropped> dropped =
        run.events().stream().filter(Dropped.class::isInstance).map(Dropped.class::cast).toList();
    assertThat(dropped).allMatch(each -> each.cause() == Cause.REFUSED);
    for (long n = 0; n < FRAMES; n++) {
      assertThat(numbers.contains(n) || reported(dropped, n))
          .as("frame %d of %s; %s", n, run.stream(), run.events())
          .isTrue();
    }
    assertThat(all).as("order in %s", run.stream()).containsSubsequence(new ArrayList<>(numbers));
  }

  private static boolean reported(List<Dropped> dropped, long n) {
    Instant at =
        Instant.ofEpochMilli(TestPackets.START.plusNanos(n * 1_000_000_000L / 30).toEpochMilli());
    return dropped.stream()
        .map(Dropped::fragment)
        .anyMatch(gone -> !at.isBefore(gone.start()) && !at.isAfter(gone.end()));
  }
}
