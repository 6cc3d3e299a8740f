package io.videoml.kvs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.videoml.packet.PacketReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An archive that gives much less than it listed is asked slowly, and not for ever. */
@Timeout(60)
class OneByOneTest {
  private static final Instant START = Instant.ofEpochSecond(1_700_000_000);
  private static final List<String> MISSING = new ArrayList<>();

  private final FakePace pace = new FakePace(1);
  private final List<MadeFragment> fragments = new ArrayList<>();
  private final FaultyArchive archive = new FaultyArchive(fragments, pace, 4);
  private int packets;

  @BeforeEach
  void prepare() {
    MISSING.clear();
    archive.faults = false;
    archive.tells = true;
    for (int i = 0; i < 300; i++) {
      MadeFragment fragment = new MadeFragment(Integer.toString(1000 + i)).pictures(1, 40, 100);
      fragment.clusterMillis = 2000L * i;
      fragment.server = START.plusSeconds(2L * i);
      fragment.producer = fragment.server;
      fragment.token = false;
      fragments.add(fragment);
    }
  }

  @Test
  void tryAdvance_manyExpired_reportsAllWithOneListAndReadsOn() {
    gone(5, 280);
    archive.tidy = true;

    read();

    assertThat(packets).isEqualTo(25);
    assertThat(MISSING).hasSize(275).isSorted();
    assertThat(archive.asked.size()).isLessThan(30);
    assertPaced();
  }

  @Test
  void tryAdvance_everySecondIsGone_asksAtMostFiveTimesASecond() {
    for (int i = 1; i < 300; i += 2) {
      gone(i, i + 1);
    }

    read();

    assertThat(packets).isEqualTo(150);
    assertThat(MISSING).hasSize(150);
    Duration took = Duration.ofNanos(pace.nanoTime() - archive.askedAt.get(0));
    assertThat(took).isGreaterThan(Duration.ofMillis(200).multipliedBy(145));
  }

  @Test
  void tryAdvance_streamIsDeleted_failsAfterAFew() {
    gone(5, 300);
    archive.deleted = true;

    SourceException thrown = catchThrowableOfType(SourceException.class, this::read);

    assertThat(thrown.kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(packets).isEqualTo(5);
    assertThat(archive.asked.size()).isLessThan(30);
    assertPaced();
  }

  @Test
  void tryAdvance_listedAndNeverGiven_failsAfterAFew() {
    gone(5, 300);

    SourceException thrown = catchThrowableOfType(SourceException.class, this::read);

    assertThat(thrown.kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(thrown).hasMessageContaining("20 in a row").hasMessageContaining("read a range");
    assertThat(archive.asked.size()).isLessThan(30);
  }

  /** Sees that requests which follow a miss come no sooner than the service allows. */
  private void assertPaced() {
    for (int i = 3; i < 20; i++) {
      assertThat(archive.askedAt.get(i + 1) - archive.askedAt.get(i))
          .isGreaterThanOrEqualTo(Duration.ofMillis(200).toNanos());
    }
  }

  private void gone(int from, int to) {
    fragments.subList(from, to).forEach(fragment -> archive.gone.add(fragment.number));
  }

  private void read() {
    KvsArchiveSource source =
        KvsArchiveSource.builder("dock-3", KvsRange.serverTime(START, START.plusSeconds(3600)))
            .listener((who, fragment, reason) -> MISSING.add(fragment.number().digits()))
            .build();
    try (PacketReader reader = source.openPackets(Optional.empty(), archive, pace)) {
      while (reader.tryAdvance(packet -> packets++)) {}
    }
  }
}
