package io.videoml.kvs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.videoml.frame.ResumePosition;
import io.videoml.kvs.KvsGap.Reason;
import io.videoml.kvs.client.KvsFailure;
import io.videoml.kvs.fragment.FragmentNumber;
import io.videoml.packet.PacketReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where sessions begin, and what is told of it, when the service refuses or breaks off. */
@Timeout(60)
class SessionStartsTest {
  private static final String INVALID = "400 InvalidArgumentException";
  private final Script script = new Script();
  private final Gaps gaps = new Gaps();

  private static byte[] fragment(int number) {
    MadeFragment made = new MadeFragment("" + number).pictures(2, 40, 50);
    made.clusterMillis = 2000L * number;
    return made.bytes();
  }

  private List<String> read(KvsSource.Builder builder, Optional<ResumePosition> from, int frames) {
    List<String> names = new ArrayList<>();
    KvsSource source = builder.listener(gaps).build();
    try (PacketReader reader = source.openPackets(from, script, new FakePace(1))) {
      while (names.size() < frames) {
        assertThat(reader.tryAdvance(packet -> names.add(MadeFragment.name(packet.data()))))
            .isTrue();
      }
    }
    return names;
  }

  private static KvsSource.Builder source() {
    return KvsSource.builder("dock-3");
  }

  private static Optional<ResumePosition> after(int number) {
    return Optional.of(Place.after(new FragmentNumber("" + number)).position());
  }

  @Test
  void read_positionIsRefused_goesOnByThePolicyAndTellsTheGap() {
    script.refuses(INVALID).gives(fragment(7), fragment(8));

    assertThat(read(source(), after(5), 4)).containsExactly("7#0", "7#1", "8#0", "8#1");
    assertThat(script.starts)
        .containsExactly(KvsStart.after(new FragmentNumber("5")), KvsStart.earliest());
    assertThat(gaps.gaps)
        .containsExactly(
            new KvsGap(
                Reason.EXPIRED,
                Optional.of(new FragmentNumber("5")),
                new FragmentNumber("7"),
                /* partly= */ false));
  }

  @Test
  void read_positionIsRefusedByAnotherName_goesOnAlike() {
    script.refuses("404 ResourceNotFoundException fragment not found").gives(fragment(7));

    assertThat(read(source().whenExpired(KvsExpired.NOW), after(5), 2)).hasSize(2);
    assertThat(script.starts.get(1)).isEqualTo(KvsStart.now());
    assertThat(gaps.gaps).extracting(KvsGap::reason).containsExactly(Reason.EXPIRED);
  }

  @Test
  void read_everyStartIsRefused_failsAfterTheSecond() {
    script.refuses(INVALID).refuses(INVALID);

    SourceException thrown =
        catchThrowableOfType(SourceException.class, () -> read(source(), after(5), 1));

    assertThat(thrown.kind()).isEqualTo(Kind.CONFIGURATION);
    assertThat(script.starts).hasSize(2);
  }

  @Test
  void read_positionIsRefusedAndThatIsToFail_fails() {
    script.refuses(INVALID);

    SourceException thrown =
        catchThrowableOfType(
            SourceException.class, () -> read(source().whenExpired(KvsExpired.FAIL), after(5), 1));

    assertThat(thrown.kind()).isEqualTo(Kind.CONFIGURATION);
    assertThat(script.starts).hasSize(1);
  }

  @Test
  void read_fromNowBreaksWithinTheFirstHeader_tellsThatSomethingMayBeMissing() {
    script.breaksAfter(Arrays.copyOf(fragment(1), 100)).gives(fragment(3));

    assertThat(read(source(), Optional.empty(), 2)).containsExactly("3#0", "3#1");
    assertThat(script.starts).containsExactly(KvsStart.now(), KvsStart.now());
    assertThat(gaps.gaps)
        .containsExactly(
            new KvsGap(
                Reason.INTERRUPTED,
                Optional.empty(),
                new FragmentNumber("3"),
                /* partly= */ false));
  }

  @Test
  void read_fromNowEndsWithinTheFirstHeader_tellsOfItAlike() {
    script.gives(Arrays.copyOf(fragment(1), 100)).gives(fragment(3));

    assertThat(read(source(), Optional.empty(), 2)).containsExactly("3#0", "3#1");
    assertThat(gaps.gaps).extracting(KvsGap::reason).containsExactly(Reason.INTERRUPTED);
  }

  @Test
  void read_fromNowEndsWithoutAByte_missesNothing() {
    script.gives().gives(fragment(3));

    assertThat(read(source(), Optional.empty(), 2)).containsExactly("3#0", "3#1");
    assertThat(gaps.gaps).isEmpty();
  }

  /** An error that has only a name waits for its number; the end of the session brings it out. */
  @Test
  void read_errorWithoutANumberEndsTheSession_isTheReasonOfTheNext() {
    MadeFragment failed = new MadeFragment("6");
    failed.errorCode = "MADE_UP";
    script.gives(failed.bytes()).gives(fragment(6));

    assertThat(read(source(), after(5), 2)).containsExactly("6#0", "6#1");
    assertThat(gaps.statistics.get(0).get().reconnects()).containsOnlyKeys("0");
    assertThat(gaps.gaps).isEmpty();
  }

  @Test
  void read_fromNowBreaksWithinTheFirstFragment_asksForItAgainAndMissesNothing() {
    byte[] first = fragment(1);
    script.breaksAfter(Arrays.copyOf(first, first.length - 60)).gives(first);

    assertThat(read(source(), Optional.empty(), 2)).containsExactly("1#0", "1#1");
    assertThat(script.starts.get(1)).isInstanceOf(KvsStart.ServerTime.class);
    assertThat(gaps.gaps).isEmpty();
  }

  /** Keeps gaps; travels nowhere. */
  private static final class Gaps implements KvsListener {
    private static final long serialVersionUID = 1L;
    private final transient List<KvsGap> gaps = new ArrayList<>();
    private final transient List<Supplier<KvsStatistics>> statistics = new ArrayList<>();

    @Override
    public void onOpen(String source, Supplier<KvsStatistics> view) {
      statistics.add(view);
    }

    @Override
    public void onGap(String source, KvsGap gap) {
      gaps.add(gap);
    }
  }

  /** A service that does what is written, session by session. */
  private static final class Script implements MediaService {
    private final List<KvsStart> starts = new ArrayList<>();
    private final ArrayDeque<Object> sessions = new ArrayDeque<>();

    Script refuses(String answer) {
      sessions.add(FaultyMedia.refusal(answer));
      return this;
    }

    Script gives(byte[]... chunks) {
      sessions.add(new Session(new ArrayDeque<>(List.of(chunks)), /* breaks= */ false));
      return this;
    }

    Script breaksAfter(byte[]... chunks) {
      sessions.add(new Session(new ArrayDeque<>(List.of(chunks)), /* breaks= */ true));
      return this;
    }

    @Override
    public MediaSession open(KvsStart start) {
      starts.add(start);
      Object next = sessions.remove();
      if (next instanceof KvsFailure failure) {
        throw new MediaException(failure);
      }
      return (MediaSession) next;
    }

    @Override
    public void renewEndpoint() {}

    @Override
    public void renewCredentials() {}

    @Override
    public void close() {}
  }

  /** Gives chunks, and then breaks or ends. */
  private record Session(ArrayDeque<byte[]> chunks, boolean breaks) implements MediaSession {
    @Override
    public MediaChunk next(long nanos) {
      byte[] chunk = chunks.poll();
      if (chunk != null) {
        return MediaChunk.of(ByteBuffer.wrap(chunk), 0);
      }
      if (breaks) {
        throw new MediaException(KvsFailure.of(new IOException("the connection was reset")));
      }
      return MediaChunk.END;
    }

    @Override
    public boolean answered() {
      return true;
    }

    @Override
    public void close() {}
  }
}
