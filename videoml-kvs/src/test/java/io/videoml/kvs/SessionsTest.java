package io.videoml.kvs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.videoml.kvs.client.KvsConnection;
import io.videoml.kvs.client.KvsFailure;
import io.videoml.kvs.fragment.FragmentNumber;
import io.videoml.packet.PacketReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One session after another, as a script says, on made-up time. */
@Timeout(60)
class SessionsTest {
  private final FakePace pace = new FakePace(1);
  private final Script script = new Script();
  private final List<String> names = new ArrayList<>();
  private final Gaps gaps = new Gaps();

  private static MadeFragment fragment(int number) {
    MadeFragment made = new MadeFragment("" + number).pictures(3, 40, 100);
    made.clusterMillis = 2000L * (number - 100);
    made.producer = Instant.ofEpochSecond(1_700_000_000 + 2L * (number - 100));
    return made;
  }

  private static KvsFailure broken() {
    return KvsFailure.of(new IOException("Connection reset"));
  }

  private void read(KvsSource.Builder builder) {
    KvsSource source = builder.listener(gaps).startAt(KvsStart.earliest()).build();
    try (PacketReader reader = source.openPackets(Optional.empty(), script, pace)) {
      while (reader.tryAdvance(packet -> names.add(MadeFragment.name(packet.data())))) {}
    }
  }

  @Test
  void endWhenIdle_afterAnOutageThatIsLonger_stillReadsWhatComesThen() {
    script.data(fragment(100).bytes()).fails(broken());
    for (int i = 0; i < 12; i++) {
      script.session().outage(Duration.ofSeconds(3)).fails(broken());
    }
    script.session().data(fragment(101).bytes()).idle();

    read(
        KvsSource.builder("dock-3")
            .endWhenIdle(Duration.ofSeconds(25))
            .patience(Duration.ofHours(1)));

    assertThat(names).contains("100#2", "101#2").hasSize(6);
  }

  @Test
  void skipResent_wholeAndCutFragmentsComeAgain_nothingIsDeliveredTwice() {
    MadeFragment first = fragment(100);
    MadeFragment second = fragment(101);
    script.data(first.bytes()).data(withoutToken(second)); // the producer's connection broke here
    for (int i = 0; i < 2; i++) {
      MadeFragment again = new MadeFragment("" + (102 + i));
      MadeFragment source = i == 0 ? first : second;
      again.clusterMillis = source.clusterMillis;
      again.producer = source.producer;
      again.frames.addAll(source.frames);
      script.data(again.bytes());
    }
    script.data(fragment(104).bytes()).idle();

    read(
        KvsSource.builder("dock-3")
            .delivery(KvsDelivery.FRAME)
            .skipResent()
            .endWhenIdle(Duration.ofSeconds(25)));

    assertThat(names)
        .containsExactly(
            "100#0", "100#1", "100#2", "101#0", "101#1", "101#2", "104#0", "104#1", "104#2");
    assertThat(gaps.told).isEmpty();
  }

  private static byte[] withoutToken(MadeFragment fragment) {
    MadeFragment cut = new MadeFragment(fragment.number);
    cut.clusterMillis = fragment.clusterMillis;
    cut.producer = fragment.producer;
    cut.frames.addAll(fragment.frames.subList(0, 3)); // two pictures and a sound
    cut.token = false;
    return cut.bytes();
  }

  @Test
  void failures_thatTakeTurns_areNotAskedForInAHotLoop() {
    script.data(fragment(100).bytes()).fails(broken());
    for (int i = 0; i < 200; i++) {
      script
          .session()
          .fails(i % 2 == 0 ? broken() : FaultyMedia.refusal("400 InvalidEndpointException"));
      script.session().fails(KvsFailure.inStream(4000, ""));
    }

    SourceException thrown =
        catchThrowableOfType(
            SourceException.class,
            () -> read(KvsSource.builder("dock-3").patience(Duration.ofSeconds(60))));

    assertThat(thrown).isNotNull();
    assertThat(script.opened).isLessThan(30);
  }

  @Test
  void credentials_refusedAgainAfterAnotherFailure_areGivenUp() {
    script.data(fragment(100).bytes()).fails(broken());
    for (int i = 0; i < 20; i++) {
      script.session().fails(FaultyMedia.refusal("403 AccessDeniedException"));
      script.session().fails(broken());
    }

    SourceException thrown =
        catchThrowableOfType(SourceException.class, () -> read(KvsSource.builder("dock-3")));

    assertThat(thrown.kind()).isEqualTo(Kind.AUTHENTICATION);
    assertThat(script.opened).isEqualTo(4);
  }

  @Test
  void endWhenIdle_connectionDiesWithoutASign_readsOnWithAFreshSession() {
    script.data(fragment(100).bytes()).idle(); // nothing comes over it any more
    script.session().data(fragment(101).bytes()).idle();
    script.session().answers().idle();
    script.session().answers().idle();
    script.session().answers().idle();

    read(idleSoonerThanSilent());

    assertThat(names).contains("100#2", "101#2").hasSize(6);
    assertThat(script.opened).isEqualTo(4);
  }

  @Test
  void endWhenIdle_networkIsGone_failsInsteadOfEnding() {
    script.data(fragment(100).bytes()).idle();
    for (int i = 0; i < 20; i++) {
      script.session().idle(); // never answered
    }

    SourceException thrown =
        catchThrowableOfType(
            SourceException.class,
            () -> read(idleSoonerThanSilent().patience(Duration.ofMinutes(2))));

    assertThat(thrown.kind()).isEqualTo(Kind.STALLED);
  }

  private static KvsSource.Builder idleSoonerThanSilent() {
    return KvsSource.builder("dock-3")
        .connection(KvsConnection.builder().readTimeout(Duration.ofSeconds(10)).build())
        .endWhenIdle(Duration.ofSeconds(25));
  }

  @Test
  void session_thatIsNeverAnswered_hasTheEndpointAskedForAnew() {
    script.data(fragment(100).bytes()).end();
    script.session().idle();
    script.session().data(fragment(101).bytes()).idle();
    script.session().answers().idle();

    read(
        KvsSource.builder("dock-3")
            .endWhenIdle(Duration.ofSeconds(90))
            .patience(Duration.ofHours(1)));

    assertThat(names).hasSize(6);
    assertThat(script.renewals).isEqualTo(1);
  }

  @Test
  void open_notFoundAtARememberedAddress_isAskedForAnewByTheNextReader() {
    script.fails(FaultyMedia.refusal("404 ResourceNotFoundException"));

    SourceException thrown =
        catchThrowableOfType(SourceException.class, () -> read(KvsSource.builder("dock-3")));

    assertThat(thrown.kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(script.renewals).isEqualTo(1);
  }

  /** Travels nowhere. */
  private static final class Gaps implements KvsListener {
    private static final long serialVersionUID = 1L;
    private final transient List<KvsGap> told = new ArrayList<>();

    @Override
    public void onGap(String source, KvsGap gap) {
      told.add(gap);
    }

    @Override
    public void onDuplicate(String source, FragmentNumber number, boolean resent) {}
  }

  /** Sessions that do what they are told, one after another. */
  private final class Script implements MediaService {
    private final ArrayDeque<ArrayDeque<Function<Long, MediaChunk>>> sessions = new ArrayDeque<>();
    private int opened;
    private int renewals;

    Script() {
      session();
    }

    Script session() {
      sessions.add(new ArrayDeque<>());
      return this;
    }

    private Script step(Function<Long, MediaChunk> step) {
      sessions.getLast().add(step);
      return this;
    }

    Script data(byte[] bytes) {
      return step(nanos -> MediaChunk.of(ByteBuffer.wrap(bytes), pace.nanoTime()));
    }

    Script outage(Duration time) {
      return step(
          nanos -> {
            pace.pass(time);
            throw new MediaException(broken());
          });
    }

    Script fails(KvsFailure failure) {
      return step(
          nanos -> {
            throw new MediaException(failure);
          });
    }

    Script end() {
      return step(nanos -> MediaChunk.END);
    }

    /** Agrees to the session, and sends nothing yet. */
    Script answers() {
      return step(nanos -> MediaChunk.of(ByteBuffer.allocate(0), -1));
    }

    Script idle() {
      for (int i = 0; i < 100; i++) {
        step(
            nanos -> {
              pace.pass(nanos);
              return MediaChunk.NOTHING;
            });
      }
      return this;
    }

    @Override
    public MediaSession open(KvsStart start) {
      opened++;
      ArrayDeque<Function<Long, MediaChunk>> steps = sessions.remove();
      return new MediaSession() {
        private boolean answered;
        private boolean asked;

        @Override
        public MediaChunk next(long nanos) {
          if (!asked) { // a network is slower than that
            asked = true;
            pace.pass(Math.min(nanos, 10_000_000));
            if (nanos < 10_000_000) {
              answered = true;
              return MediaChunk.NOTHING;
            }
          }
          MediaChunk chunk = steps.remove().apply(nanos);
          answered |= chunk.what() == MediaChunk.What.DATA;
          return chunk.arrivalNanos() < 0 ? MediaChunk.NOTHING : chunk;
        }

        @Override
        public boolean answered() {
          return answered;
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void renewEndpoint() {
      renewals++;
    }

    @Override
    public void renewCredentials() {
      renewals++;
    }

    @Override
    public void close() {}
  }
}
