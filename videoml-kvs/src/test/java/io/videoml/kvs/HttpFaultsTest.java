package io.videoml.kvs;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.kvs.Ledger.Entry;
import io.videoml.kvs.client.KvsConnection;
import io.videoml.kvs.client.KvsStream;
import io.videoml.kvs.fragment.FragmentNumber;
import io.videoml.packet.PacketReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.kvs.KvsStandIn;
import io.videoml.testkit.kvs.faults.Fault;
import io.videoml.testkit.kvs.faults.KvsOperation;
import io.videoml.testkit.kvs.http.Ending;
import io.videoml.testkit.kvs.media.StoredFragment;
import io.videoml.testkit.kvs.service.KvsLimits;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nothing lost, nothing twice: random faults over HTTP, {@code -Dvideoml.kvs.httpRuns} of each
 * delivery. Only the waits between sessions are shorter than in earnest.
 */
@Timeout(60)
class HttpFaultsTest {
  private static final int RUNS = Integer.getInteger("videoml.kvs.httpRuns", 15);

  private static KvsStandIn service;

  static LongStream seeds() {
    return LongStream.range(0, RUNS);
  }

  @BeforeAll
  static void start() {
    service = ClipService.roomy(KvsLimits.aws());
  }

  @AfterAll
  static void stop() {
    List<Fault> taken = service.faults().taken();
    service.close();
    assertThat(taken).as("faults").hasSizeGreaterThan(RUNS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void fragments_manyFaults_comeOnceAndInOrderOrAreReportedMissing(long seed) {
    check(seed, KvsDelivery.FRAGMENT);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void frames_manyFaults_comeOnceAndInOrderOrAreReportedMissing(long seed) {
    check(seed, KvsDelivery.FRAME);
  }

  private static void check(long seed, KvsDelivery delivery) {
    long scrambled = seed * 0x9E3779B97F4A7C15L; // else the first numbers are much the same
    Random random = new Random(scrambled);
    service.faults().clear();
    String stream = delivery.name().toLowerCase(java.util.Locale.ROOT) + "-" + seed;
    Ledger ledger = new Ledger(store(stream, random));
    KvsConnection connection =
        Clips.connection(service).readTimeout(Duration.ofMillis(400)).build();
    KvsSource source =
        KvsSource.builder(stream)
            .connection(connection)
            .startAt(KvsStart.earliest())
            .delivery(delivery)
            .listener(ledger.listener())
            .build();
    service.faults().randomly(KvsOperation.GET_MEDIA, 0.7, scrambled, HttpFaultsTest::fault);
    service
        .faults()
        .randomly(KvsOperation.GET_DATA_ENDPOINT, 0.3, scrambled, HttpFaultsTest::refusal);
    for (int readers = 0; !ledger.done(); readers++) {
      if (readers > 20) {
        service.faults().clear(); // enough
      }
      assertThat(readers).as("readers that were needed").isLessThan(40);
      MediaService media = new HttpMediaService(new KvsStream(stream), connection, source.id());
      try (PacketReader reader = source.openPackets(ledger.position(), media, new Hurry())) {
        while (!ledger.done()) {
          assertThat(reader.tryAdvance(ledger::take)).isTrue();
        }
      } catch (SourceException e) {
        assertThat(e.kind()).isNotIn(Kind.CLOSED, Kind.UNSUPPORTED);
      }
    }
    ledger.verify(/* mayMissStart= */ false);
  }

  private static List<Entry> store(String stream, Random random) {
    service.createStream(stream);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      MadeFragment made =
          new MadeFragment("" + (100 + i)).pictures(1 + random.nextInt(10), 40, 900);
      made.clusterMillis = random.nextInt(5) == 0 ? 0 : 2000L * i;
      StoredFragment stored = service.append(stream, made.bytes()).get(0);
      entries.add(Entry.of(new FragmentNumber(stored.number()), made));
    }
    return entries;
  }

  private static Fault fault(Random random) {
    int bytes = random.nextInt(40_000);
    Ending ending = Ending.values()[random.nextInt(Ending.values().length)];
    return switch (random.nextInt(11)) {
      case 0 -> refusal(random);
      case 1 -> new Fault.CutBeforeAnswer(ending);
      case 2, 3 -> new Fault.CutAnswer(bytes, ending);
      case 4 -> new Fault.EndAnswer(bytes);
      case 5 -> new Fault.StallAnswer(bytes, Duration.ofSeconds(30));
      case 6 -> new Fault.CutFragment(random.nextInt(3), random.nextInt(3000), ending);
      case 7 -> new Fault.EndAfter(random.nextInt(3));
      case 8 -> new Fault.RepeatFragment(random.nextInt(3));
      case 9 -> new Fault.InBandError(3002, "INTERNAL", random.nextInt(3));
      default -> Fault.InBandError.expiredPosition();
    };
  }

  private static Fault refusal(Random random) {
    return switch (random.nextInt(9)) {
      case 0 -> new Fault.Refuse(401, "NotAuthorizedException");
      case 1 -> new Fault.Refuse(403, "AccessDeniedException");
      case 2 -> new Fault.Refuse(404, "ResourceNotFoundException");
      case 3 -> new Fault.Refuse(400, "ClientLimitExceededException");
      case 4 -> new Fault.Refuse(400, "InvalidArgumentException");
      case 5 -> new Fault.Refuse(400, "InvalidEndpointException");
      case 6 -> new Fault.Refuse(503, "ServiceUnavailable");
      case 7 -> new Fault.Refuse(500, "InternalFailure");
      default -> new Fault.DataEndpoint(URI.create("http://127.0.0.1:1"));
    };
  }

  /** Waits between sessions a twentieth of the time, but for a second where that is the least. */
  private static final class Hurry implements Pace {
    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public void sleep(long nanos) throws InterruptedException {
      REAL.sleep(nanos);
    }

    @Override
    public double chance() {
      return REAL.chance() / 20;
    }
  }
}
