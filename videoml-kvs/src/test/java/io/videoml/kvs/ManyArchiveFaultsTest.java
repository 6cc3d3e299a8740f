package io.videoml.kvs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.videoml.frame.ResumePosition;
import io.videoml.kvs.fragment.FragmentNumber;
import io.videoml.packet.EncodedPacket;
import io.videoml.packet.PacketReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A range comes once, in order, and to its end, whatever the archive does, on made-up time. */
@Timeout(60)
class ManyArchiveFaultsTest {
  private static final int RUNS = Integer.getInteger("videoml.kvs.runs", 200);
  private static final Instant START = Instant.ofEpochSecond(1_700_000_000);

  private final List<KvsArchivedFragment> missing = new ArrayList<>();
  private final Set<String> frames = new LinkedHashSet<>();
  private final FakePace pace = new FakePace(1);
  private Optional<ResumePosition> position = Optional.empty();

  static LongStream seeds() {
    return LongStream.range(0, RUNS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void tryAdvance_manyFaults_deliversAllOnceInOrderOrReports(long seed) {
    Random random = new Random(seed);
    List<MadeFragment> fragments = fragments(5 + random.nextInt(25), random);
    FaultyArchive archive = new FaultyArchive(fragments, pace, seed);
    archive.tells = random.nextBoolean();
    for (MadeFragment fragment : fragments) {
      if (random.nextInt(8) == 0) {
        archive.gone.add(fragment.number);
      }
    }
    archive.gone.remove(fragments.get(0).number);
    KvsArchiveSource source = source(random.nextBoolean(), 1 + random.nextInt(12));

    boolean ended = false;
    for (int readers = 0; !ended; readers++) {
      assertThat(readers).as("readers that were needed").isLessThan(300);
      archive.faults = readers < 60;
      ended = read(source, archive, random.nextInt(3) == 0 ? random.nextInt(40) : 1 << 30);
    }

    List<String> expected = new ArrayList<>();
    for (MadeFragment fragment : fragments) {
      boolean reported =
          missing.stream().anyMatch(gone -> gone.number().equals(fragment.fragmentNumber()));
      for (String name : names(fragment)) {
        if (frames.contains(name)) {
          expected.add(name);
        } else {
          assertThat(reported).as("%s is missing, and reported", name).isTrue();
        }
      }
    }
    assertThat(List.copyOf(frames)).isEqualTo(expected);
    assertThat(archive.open).isZero();
  }

  @Test
  void tryAdvance_noFaults_asksInBatchesAndOnlyForWhatIsGoneAlone() {
    List<MadeFragment> fragments = fragments(23, new Random(4));
    fragments.forEach(fragment -> fragment.knownSize = true);
    FaultyArchive archive = new FaultyArchive(fragments, pace, 4);
    archive.faults = false;
    archive.gone.add(fragments.get(7).number);

    assertThat(read(source(/* server= */ true, 10), archive, 1 << 30)).isTrue();

    assertThat(archive.asked).extracting(List::size).containsExactly(10, 1, 10, 5);
    assertThat(missing)
        .extracting(KvsArchivedFragment::number)
        .containsExactly(fragments.get(7).fragmentNumber());
    assertThat(missing.get(0).serverTime()).isEqualTo(fragments.get(7).server);
    assertThat(archive.closed).isTrue();
  }

  @Test
  void tryAdvance_fragmentOfUnknownSizeAtTheEnd_isAskedForOnceMoreAndBelieved() {
    List<MadeFragment> fragments = fragments(3, new Random(4));
    fragments.forEach(fragment -> fragment.knownSize = false);
    FaultyArchive archive = new FaultyArchive(fragments, pace, 4);
    archive.faults = false;

    assertThat(read(source(/* server= */ true, 10), archive, 1 << 30)).isTrue();

    assertThat(archive.asked).extracting(List::size).containsExactly(3, 1);
    assertThat(missing).isEmpty();
    assertThat(frames).hasSize(fragments.stream().mapToInt(f -> names(f).size()).sum());
  }

  @Test
  void openPackets_answerDoesNotComeAndPatienceIsShort_failsInTime() {
    FaultyArchive archive = new FaultyArchive(fragments(2, new Random(4)), pace, 4);
    archive.faults = false;
    archive.mute = true;
    KvsArchiveSource source =
        KvsArchiveSource.builder("dock-3", KvsRange.serverTime(START, START.plusSeconds(60)))
            .patience(Duration.ofSeconds(5))
            .build();
    long start = pace.nanoTime();

    SourceException thrown =
        catchThrowableOfType(
            SourceException.class, () -> source.openPackets(Optional.empty(), archive, pace));

    assertThat(thrown.kind()).isEqualTo(Kind.STALLED);
    assertThat(Duration.ofNanos(pace.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
  }

  @Test
  void openPackets_emptyRange_isNotFoundAndNamesTheRemedy() {
    FaultyArchive archive = new FaultyArchive(List.of(), pace, 4);
    archive.faults = false;

    SourceException thrown =
        catchThrowableOfType(
            SourceException.class,
            () -> source(/* server= */ true, 10).openPackets(Optional.empty(), archive, pace));

    assertThat(thrown.kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(thrown).hasMessageContaining("retention");
    assertThat(archive.closed).isTrue();
  }

  @Test
  void openPackets_yearByServerTime_listsALittleAtATimeAndSoon() {
    List<MadeFragment> fragments = fragments(40, new Random(4));
    FaultyArchive archive = new FaultyArchive(fragments, pace, 4);
    archive.faults = false;
    KvsArchiveSource source =
        KvsArchiveSource.builder(
                "dock-3", KvsRange.serverTime(START.minus(Duration.ofDays(365)), START))
            .build();

    try (PacketReader reader = source.openPackets(Optional.empty(), archive, pace)) {
      assertThat(reader.tryAdvance(packet -> {})).isTrue();
    }

    assertThat(archive.lists).isLessThan(80);
  }

  @Test
  void openPackets_moreThanFitsByProducerTime_namesTheRemedy() {
    List<MadeFragment> fragments = fragments(1, new Random(4));
    FaultyArchive few = new FaultyArchive(fragments, pace, 4);
    few.faults = false;
    ArchiveService endless = new Endless(few);

    assertThatThrownBy(
            () -> source(/* server= */ false, 10).openPackets(Optional.empty(), endless, pace))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("more than 100000 fragments")
        .hasMessageContaining("shorter range");
  }

  /** Returns whether the end was reached. */
  private boolean read(KvsArchiveSource source, FaultyArchive archive, int some) {
    int before = frames.size();
    try (PacketReader reader = source.openPackets(position, archive, pace)) {
      while (frames.size() - before < some) {
        if (!reader.tryAdvance(this::take)) {
          return true;
        }
      }
    } catch (SourceException e) {
      assertThat(e.kind()).as("%s", e).isIn(Kind.NETWORK, Kind.REFUSED, Kind.CORRUPT, Kind.STALLED);
      pace.pass(Duration.ofSeconds(1));
    }
    return false;
  }

  private void take(EncodedPacket packet) {
    String name = MadeFragment.name(packet.data());
    if (packet.info().decodeOnly()) {
      // Or it was given up before, and comes now that it is only needed to decode others.
      boolean givenUp =
          missing.stream().anyMatch(gone -> name.startsWith(gone.number().digits() + "#"));
      assertThat(frames.contains(name) || givenUp).as(name).isTrue();
      return;
    }
    assertThat(frames.add(name)).as("%s is new", name).isTrue();
    position = packet.position();
    assertThat(position).as("position of %s", name).isPresent();
  }

  private KvsArchiveSource source(boolean server, int batch) {
    Instant end = START.plusSeconds(3600);
    return KvsArchiveSource.builder(
            "dock-3",
            server
                ? KvsRange.serverTime(START.minusSeconds(60), end)
                : KvsRange.producerTime(START.minusSeconds(60), end))
        .batch(batch)
        .listener(new Missing(missing))
        .build();
  }

  private static List<String> names(MadeFragment fragment) {
    int pictures = (int) fragment.frames.stream().filter(f -> f.track() == 1).count();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < pictures; i++) {
      names.add(fragment.name(i));
    }
    return names;
  }

  private static List<MadeFragment> fragments(int count, Random random) {
    List<MadeFragment> made = new ArrayList<>();
    BigInteger number = new BigInteger("91343852333181432392682062607743920146264323127");
    for (int i = 0; i < count; i++) {
      number = number.add(BigInteger.valueOf(1 + random.nextInt(1000)));
      MadeFragment fragment = new MadeFragment(number.toString());
      fragment.clusterMillis = 2000L * i;
      fragment.server = START.plusSeconds(2L * i);
      fragment.producer = fragment.server.minusMillis(300);
      fragment.knownSize = random.nextBoolean();
      fragment.token = false;
      fragment.pictures(1 + random.nextInt(12), 100, 60 + random.nextInt(900));
      made.add(fragment);
    }
    return made;
  }

  /** Lists on and on. */
  private static final class Endless implements ArchiveService {
    private final ArchiveService media;
    private long number;

    Endless(ArchiveService media) {
      this.media = media;
    }

    @Override
    public Page list(KvsRange range, Optional<String> page) {
      List<KvsArchivedFragment> some = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        some.add(
            new KvsArchivedFragment(
                new FragmentNumber(Long.toString(++number)), START, START, Duration.ZERO, 0));
      }
      return new Page(some, Optional.of("more"));
    }

    @Override
    public MediaSession media(List<FragmentNumber> numbers) throws InterruptedException {
      return media.media(numbers);
    }

    @Override
    public void renewEndpoint() {}

    @Override
    public void renewCredentials() {}

    @Override
    public void close() {}
  }

  /** Keeps what is missing; travels nowhere. */
  private static final class Missing implements KvsArchiveListener {
    private static final long serialVersionUID = 1L;
    private final transient List<KvsArchivedFragment> missing;

    Missing(List<KvsArchivedFragment> missing) {
      this.missing = missing;
    }

    @Override
    public void onMissing(String source, KvsArchivedFragment fragment, String reason) {
      missing.add(fragment);
    }
  }
}
