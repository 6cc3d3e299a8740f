package io.videoml.kvs;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.kvs.Ledger.Entry;
import io.videoml.packet.PacketReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing lost, nothing twice: random faults of every kind, on made-up time. */
@Timeout(60)
class ManyFaultsTest {
  private static final int RUNS = Integer.getInteger("videoml.kvs.runs", 200);

  static LongStream seeds() {
    return LongStream.range(0, RUNS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void fragments_manyFaults_comeOnceAndInOrderOrAreReportedMissing(long seed) {
    new Run(seed, KvsDelivery.FRAGMENT, 8 << 20).check();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void frames_manyFaults_comeOnceAndInOrderOrAreReportedMissing(long seed) {
    new Run(seed, KvsDelivery.FRAME, 8 << 20).check();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void largeFragments_manyFaults_comeOnceAndInOrderOrAreReportedMissing(long seed) {
    new Run(seed, KvsDelivery.FRAGMENT, 64 << 10).check();
  }

  /** One stream, read to its last fragment. */
  private static final class Run {
    private final Random random;
    private final List<MadeFragment> fragments;
    private final FakePace pace;
    private final FaultyMedia media;
    private final KvsSource source;
    private final Ledger ledger;
    private final boolean mayMissStart;

    Run(long seed, KvsDelivery delivery, int fragmentBytes) {
      random = new Random(seed * 7 + 1);
      fragments = make();
      pace = new FakePace(seed);
      media = new FaultyMedia(fragments, pace, seed);
      media.expiring = random.nextInt(3) == 0;
      media.stored = random.nextInt(fragments.size());
      boolean fromNow = random.nextInt(3) == 0;
      boolean incompleteFirst = !fragments.get(0).token;
      mayMissStart = fromNow || media.expiring || incompleteFirst;
      ledger = new Ledger(fragments.stream().map(f -> Entry.of(f.fragmentNumber(), f)).toList());
      KvsExpired expired = KvsExpired.values()[1 + random.nextInt(KvsExpired.values().length - 1)];
      source =
          KvsSource.builder("dock-3")
              .startAt(fromNow ? KvsStart.now() : KvsStart.earliest())
              .delivery(delivery)
              .fragmentBytes(fragmentBytes)
              .whenExpired(expired)
              .patience(Duration.ofMinutes(5))
              .listener(ledger.listener())
              .build();
    }

    private List<MadeFragment> make() {
      List<MadeFragment> made = new ArrayList<>();
      BigInteger number = new BigInteger("91343852333181432392682062607743920146264323127");
      long millis = 0;
      int count = 8 + random.nextInt(8);
      for (int i = 0; i < count; i++) {
        number = number.add(BigInteger.valueOf(1 + random.nextInt(1000)));
        MadeFragment fragment = new MadeFragment(number.toString());
        if (random.nextInt(5) == 0) {
          millis = 0; // another producer session
        }
        fragment.clusterMillis = millis;
        fragment.server = fragment.server.plusSeconds(2L * i);
        fragment.producer = fragment.server.minusMillis(300);
        fragment.knownSize = random.nextBoolean();
        boolean large = random.nextInt(4) == 0;
        fragment.pictures(1 + random.nextInt(12), 100, large ? 9000 : 60 + random.nextInt(900));
        fragment.token = i == count - 1 || random.nextInt(12) != 0;
        millis += 2000;
        made.add(fragment);
      }
      return made;
    }

    void check() {
      int readers = 0;
      while (!ledger.done()) {
        assertThat(++readers).as("readers that were needed").isLessThan(500);
        media.faults = readers < 60; // enough
        read();
      }
      ledger.verify(mayMissStart);
      assertThat(media.open).as("open sessions").isZero();
    }

    private void read() {
      int before = ledger.size();
      int some = random.nextInt(4) == 0 ? random.nextInt(20) : Integer.MAX_VALUE; // process restart
      try (PacketReader reader = source.openPackets(ledger.position(), media, pace)) {
        while (!ledger.done() && ledger.size() - before < some) {
          assertThat(reader.tryAdvance(ledger::take)).isTrue();
        }
      } catch (SourceException e) {
        assertThat(e.kind()).isNotIn(Kind.CLOSED, Kind.UNSUPPORTED);
        pace.pass(Duration.ofSeconds(1));
      }
    }
  }
}
