package io.videoml.kvs;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.frame.ResumePosition;
import io.videoml.packet.EncodedPacket;
import io.videoml.packet.PacketReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
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
    private final List<KvsGap> gaps = new ArrayList<>();
    private final Set<String> frames = new LinkedHashSet<>();
    private final List<String> expected = new ArrayList<>();
    private Optional<ResumePosition> position = Optional.empty();
    private boolean fromNow;

    Run(long seed, KvsDelivery delivery, int fragmentBytes) {
      random = new Random(seed * 7 + 1);
      fragments = make();
      pace = new FakePace(seed);
      media = new FaultyMedia(fragments, pace, seed);
      media.expiring = random.nextInt(3) == 0;
      media.stored = random.nextInt(fragments.size());
      fromNow = random.nextInt(3) == 0;
      KvsExpired expired = KvsExpired.values()[1 + random.nextInt(KvsExpired.values().length - 1)];
      source =
          KvsSource.builder("dock-3")
              .startAt(fromNow ? KvsStart.now() : KvsStart.earliest())
              .delivery(delivery)
              .fragmentBytes(fragmentBytes)
              .whenExpired(expired)
              .patience(Duration.ofMinutes(5))
              .listener(new Gaps(gaps))
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
      MadeFragment last = fragments.get(fragments.size() - 1);
      String end = last.name((int) last.frames.stream().filter(f -> f.track() == 1).count() - 1);
      int readers = 0;
      while (!frames.contains(end)) {
        assertThat(++readers).as("readers that were needed").isLessThan(500);
        if (readers > 60) { // enough
          media.faults = false;
        }
        read(end);
      }
      verify();
      assertThat(media.open).as("open sessions").isZero();
    }

    private void read(String end) {
      int before = frames.size();
      int some = random.nextInt(4) == 0 ? random.nextInt(20) : Integer.MAX_VALUE; // process restart
      try (PacketReader reader = source.openPackets(position, media, pace)) {
        while (!frames.contains(end) && frames.size() - before < some) {
          assertThat(reader.tryAdvance(this::take)).isTrue();
        }
      } catch (SourceException e) {
        assertThat(e.kind()).isNotIn(Kind.CLOSED, Kind.UNSUPPORTED);
        pace.pass(Duration.ofSeconds(1));
      }
    }

    private void take(EncodedPacket packet) {
      String name = MadeFragment.name(packet.data());
      assertThat(packet.info().dtsNanos()).isLessThanOrEqualTo(packet.info().ptsNanos());
      if (packet.info().decodeOnly()) {
        // Or it is before the very first that was shown, where the service gives more than asked.
        assertThat(frames.contains(name) || name.compareTo(frames.iterator().next()) < 0).isTrue();
        return;
      }
      assertThat(frames.add(name)).as("%s is new", name).isTrue();
      position = packet.position();
      assertThat(position).as("position of %s", name).isPresent();
    }

    private void verify() {
      boolean begun = false;
      for (MadeFragment fragment : fragments) {
        int pictures = (int) fragment.frames.stream().filter(f -> f.track() == 1).count();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < pictures; i++) {
          if (frames.contains(fragment.name(i))) {
            all.add(fragment.name(i));
          }
        }
        begun |= !all.isEmpty();
        expected.addAll(all);
        if (all.size() == pictures) {
          continue;
        }
        boolean before = (fromNow || media.expiring) && !begun;
        boolean missing =
            gaps.stream()
                .anyMatch(gap -> covers(gap, fragment) || partly(gap, fragment, !all.isEmpty()));
        boolean never = !fragment.token; // not complete, ever: reported unless at the start
        assertThat(before || missing || (never && expected.isEmpty()))
            .as("%s has %d of %d, gaps %s", fragment.number, all.size(), pictures, gaps)
            .isTrue();
      }
      assertThat(List.copyOf(frames)).isEqualTo(expected);
    }

    private static boolean covers(KvsGap gap, MadeFragment fragment) {
      return fragment.fragmentNumber().compareTo(gap.before()) < 0
          && gap.after().map(after -> fragment.fragmentNumber().compareTo(after) > 0).orElse(true);
    }

    private static boolean partly(KvsGap gap, MadeFragment fragment, boolean some) {
      return some
          && gap.partly()
          && gap.after().map(after -> after.equals(fragment.fragmentNumber())).orElse(false);
    }
  }

  /** Keeps gaps; travels nowhere. */
  private static final class Gaps implements KvsListener {
    private static final long serialVersionUID = 1L;
    private final transient List<KvsGap> gaps;

    Gaps(List<KvsGap> gaps) {
      this.gaps = gaps;
    }

    @Override
    public void onOpen(String source, Supplier<KvsStatistics> statistics) {}

    @Override
    public void onGap(String source, KvsGap gap) {
      gaps.add(gap);
    }
  }
}
