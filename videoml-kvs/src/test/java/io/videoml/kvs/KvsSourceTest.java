package io.videoml.kvs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.videoml.frame.CaptureClock;
import io.videoml.frame.FrameInfo;
import io.videoml.kvs.client.KvsConnection;
import io.videoml.kvs.fragment.FragmentNumber;
import io.videoml.packet.PacketReader;
import io.videoml.resilience.ReconnectPolicy;
import io.videoml.resilience.Resilience;
import io.videoml.resilience.ResilientReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.Footprint;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.TestClips;
import io.videoml.testkit.kvs.KvsStandIn;
import io.videoml.testkit.kvs.faults.Fault;
import io.videoml.testkit.kvs.faults.KvsOperation;
import io.videoml.testkit.kvs.http.Ending;
import io.videoml.testkit.kvs.service.KvsLimits;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A source and the service: what goes wrong, and what is left behind. */
@Timeout(60)
class KvsSourceTest {
  private static final TestClip CLIP = TestClips.movingSquare();
  private static final int OPENS = Integer.getInteger("videoml.kvs.opens", 40);

  private KvsStandIn service;

  @BeforeEach
  void start() {
    service = ClipService.roomy(KvsLimits.aws());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private KvsSource.Builder source(KvsConnection connection) {
    return KvsSource.builder("dock-3").connection(connection).startAt(KvsStart.earliest());
  }

  private KvsSource.Builder source() {
    return source(Clips.connection(service).build());
  }

  private void store(int fragments) {
    Clips.store(service, "dock-3", Clips.h264(CLIP.withFrames(12 * fragments)));
  }

  private static SourceException failure(KvsSource source) {
    return catchThrowableOfType(
        SourceException.class, () -> source.openPackets(Optional.empty()).close());
  }

  private long asked(KvsOperation operation) {
    return service.requests().stream().filter(r -> r.operation() == operation).count();
  }

  /** The service notes a request when it has answered it, which may be a moment later. */
  private void assertAsked(KvsOperation operation, int times) {
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (asked(operation) < times && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(asked(operation)).isEqualTo(times);
  }

  @Test
  void open_wrongKey_triesOnceMoreAndFails() {
    store(1);

    SourceException thrown =
        failure(source(Clips.connection(service, service.accessKey(), "wr0ng").build()).build());

    assertThat(thrown.kind()).isEqualTo(Kind.AUTHENTICATION);
    assertAsked(KvsOperation.GET_DATA_ENDPOINT, 2);
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      assertThat(cause.toString()).doesNotContain("wr0ng").doesNotContain(service.accessKey());
    }
  }

  @Test
  void open_unknownStream_isNotFoundAtOnce() {
    assertThat(failure(source().build()).kind()).isEqualTo(Kind.NOT_FOUND);
    assertAsked(KvsOperation.GET_DATA_ENDPOINT, 1);
  }

  @Test
  void open_nobodyThere_isNetworkAtOnce() {
    KvsConnection nobody =
        KvsConnection.builder()
            .region("eu-west-1")
            .endpoint(URI.create("http://127.0.0.1:1"))
            .credentials(Clips.connection(service).build()::credentials)
            .build();

    assertThat(failure(source(nobody).build()).kind()).isEqualTo(Kind.NETWORK);
  }

  @Test
  void open_endpointThatWasMoved_isAskedForAnew() {
    store(1);
    service
        .faults()
        .next(
            KvsOperation.GET_DATA_ENDPOINT,
            new Fault.DataEndpoint(URI.create("http://127.0.0.1:1")));

    try (PacketReader reader = source().build().openPackets(Optional.empty())) {
      assertThat(reader.tryAdvance(packet -> {})).isTrue();
    }
    assertAsked(KvsOperation.GET_DATA_ENDPOINT, 2);
  }

  @Test
  void open_expiredPosition_failsWhereThatIsWanted() {
    store(1);
    service.faults().next(KvsOperation.GET_MEDIA, Fault.InBandError.expiredPosition());

    SourceException thrown = failure(source().whenExpired(KvsExpired.FAIL).build());

    assertThat(thrown.kind()).isEqualTo(Kind.CONFIGURATION);
  }

  @Test
  void read_fragmentToGoOnAfterIsRefused_goesOnAtTheOldestAndTellsOfAGap() {
    store(4);
    GapList gaps = new GapList();
    service.faults().next(KvsOperation.GET_MEDIA, new Fault.EndAfter(2));
    service
        .faults()
        .next(KvsOperation.GET_MEDIA, new Fault.Refuse(400, "InvalidArgumentException"));
    List<Instant> captured = new ArrayList<>();
    KvsSource source = source().endWhenIdle(Duration.ofSeconds(1)).listener(gaps).build();

    try (PacketReader reader = source.openPackets(Optional.empty())) {
      while (reader.tryAdvance(packet -> captured.add(packet.info().captured()))) {}
    }

    assertThat(captured).hasSize(48).isSorted().doesNotHaveDuplicates();
    assertThat(gaps.gaps).extracting(KvsGap::reason).containsExactly(KvsGap.Reason.EXPIRED);
    assertThat(service.faults().taken()).hasSize(2);
  }

  @Test
  void read_everythingIsRefused_failsAfterOneMoreRequest() {
    store(4);
    Fault refusal = new Fault.Refuse(400, "InvalidArgumentException");
    service.faults().next(KvsOperation.GET_MEDIA, new Fault.EndAfter(2));
    service.faults().next(KvsOperation.GET_MEDIA, refusal);
    service.faults().next(KvsOperation.GET_MEDIA, refusal);

    try (PacketReader reader = source().build().openPackets(Optional.empty())) {
      SourceException thrown =
          catchThrowableOfType(
              SourceException.class,
              () -> {
                while (reader.tryAdvance(packet -> {})) {}
              });
      assertThat(thrown.kind()).isEqualTo(Kind.CONFIGURATION);
    }
    assertAsked(KvsOperation.GET_MEDIA, 3);
  }

  @Test
  void open_usersOwnStartIsRefused_failsAtOnce() {
    store(1);
    service
        .faults()
        .next(KvsOperation.GET_MEDIA, new Fault.Refuse(400, "InvalidArgumentException"));

    SourceException thrown =
        failure(source().startAt(KvsStart.after(new FragmentNumber("5"))).build());

    assertThat(thrown.kind()).isEqualTo(Kind.CONFIGURATION);
    assertAsked(KvsOperation.GET_MEDIA, 1);
  }

  @Test
  void read_nothingComes_failsAsStalledWhenPatienceEnds() {
    service.createStream("dock-3");

    SourceException thrown = failure(source().patience(Duration.ofMillis(300)).build());

    assertThat(thrown.kind()).isEqualTo(Kind.STALLED);
  }

  @Test
  void open_endpointDoesNotAnswer_anInterruptEndsIt() throws Exception {
    store(1);
    service
        .faults()
        .always(KvsOperation.GET_DATA_ENDPOINT, new Fault.StallAnswer(0, Duration.ofSeconds(30)));
    FutureTask<SourceException> open = new FutureTask<>(() -> failure(source().build()));
    Thread thread = new Thread(open, "test-open");
    thread.setDaemon(true);
    thread.start();
    while (service.faults().taken().isEmpty()) {
      Thread.onSpinWait();
    }

    thread.interrupt();

    assertThat(open.get(2, TimeUnit.SECONDS).kind()).isEqualTo(Kind.CLOSED);
  }

  @Test
  void open_byAThreadThatIsInterrupted_endsAndLeavesItInterrupted() {
    store(1);
    openAndClose(source().build()); // the endpoint is known from here on

    Thread.currentThread().interrupt();
    SourceException thrown = failure(source().build());

    assertThat(Thread.interrupted()).isTrue();
    assertThat(thrown).isNotNull();
    assertThat(thrown.kind()).isEqualTo(Kind.CLOSED);
  }

  @Test
  void read_overTls_needsTheCertificate() {
    try (KvsStandIn secure = KvsStandIn.builder().tls().start()) {
      Clips.store(secure, "dock-3", Clips.h264(CLIP.withFrames(12)));
      KvsConnection trusting = Clips.connection(secure).trust(secure.certificate()).build();

      try (PacketReader reader = source(trusting).build().openPackets(Optional.empty())) {
        assertThat(reader.tryAdvance(packet -> {})).isTrue();
      }
      assertThat(failure(source(Clips.connection(secure).build()).build()).kind())
          .isEqualTo(Kind.NETWORK);
    }
  }

  @Test
  void read_fromNow_getsWhatComesFromThenOnOverCuts() throws Exception {
    List<MadeFragment> fragments = Clips.h264(CLIP);
    Clips.store(service, "dock-3", fragments.subList(0, 2));
    KvsSource source =
        KvsSource.builder("dock-3").connection(Clips.connection(service).build()).build();
    CountDownLatch first = new CountDownLatch(1);
    FutureTask<List<Instant>> read =
        new FutureTask<>(
            () -> {
              List<Instant> captured = new ArrayList<>();
              try (PacketReader reader = source.openPackets(Optional.empty())) {
                while (captured.size() < 36) {
                  reader.tryAdvance(packet -> captured.add(packet.info().captured()));
                  first.countDown();
                }
              }
              return captured;
            });
    Thread thread = new Thread(read, "test-read");
    thread.setDaemon(true);
    thread.start();
    await(() -> service.connections("dock-3", KvsOperation.GET_MEDIA) == 1);

    service.append("dock-3", fragments.get(2).bytes());
    assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
    service.cut();
    service.append("dock-3", fragments.get(3).bytes());
    service.append("dock-3", fragments.get(4).bytes());

    List<Instant> captured = read.get(20, TimeUnit.SECONDS);
    assertThat(captured).isSorted().doesNotHaveDuplicates();
    assertThat(captured.get(0)).isEqualTo(fragments.get(2).producer);
    assertThat(captured.get(24)).isEqualTo(fragments.get(4).producer);
  }

  @Test
  void log_whateverHappens_holdsNoCredentials() {
    store(1);
    service.faults().next(KvsOperation.GET_MEDIA, new Fault.Refuse(403, "AccessDeniedException"));
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      assertThat(failure(source(Clips.connection(service, "someb0dy", "wr0ng").build()).build()))
          .isNotNull();
      openAndClose(source().build());
    } finally {
      System.setErr(before);
    }

    assertThat(log.toString(StandardCharsets.UTF_8))
        .doesNotContain("wr0ng")
        .doesNotContain("someb0dy")
        .doesNotContain(service.secretKey());
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().contains(service.accessKey()));
  }

  @Test
  void resilience_aroundIt_goesOnRightAfterTheLastFrame() {
    List<MadeFragment> fragments = Clips.h264(CLIP);
    Clips.store(service, "dock-3", fragments.subList(0, 2));
    List<FrameInfo> frames = new ArrayList<>();
    KvsSource source = source().patience(Duration.ofMillis(200)).build();
    Resilience resilience =
        Resilience.defaults()
            .with(
                ReconnectPolicy.defaults()
                    .backoff(Duration.ofMillis(20), 1, Duration.ofMillis(20)));
    try (ResilientReader reader = resilience.reader(source)) {
      while (frames.size() < 20) {
        reader.tryAdvance(frame -> frames.add(frame.info()));
      }
      Fault cut = new Fault.CutBeforeAnswer(Ending.RESET);
      for (int i = 0; i < 3; i++) {
        service.faults().next(KvsOperation.GET_MEDIA, cut);
      }
      service.cut();
      fragments.subList(2, 5).forEach(each -> service.append("dock-3", each.bytes()));
      while (frames.size() < 60) {
        reader.tryAdvance(frame -> frames.add(frame.info()));
      }
      assertThat(reader.status().connects()).as("readers").isGreaterThan(1);
    }

    assertThat(service.faults().taken()).hasSize(3);
    assertThat(frames).extracting(FrameInfo::index).doesNotHaveDuplicates().isSorted();
    assertThat(frames).filteredOn(FrameInfo::keyFrame).hasSize(5);
    assertThat(frames).noneMatch(FrameInfo::corrupt);
  }

  @Test
  void close_afterManyOpens_leavesNothing() {
    store(1);
    KvsSource source = source().build();
    for (int i = 0; i < 20; i++) { // what the first ones need stays
      openAndClose(source);
    }
    Footprint before = Footprint.now();
    for (int i = 0; i < OPENS; i++) {
      openAndClose(source);
    }
    await(() -> service.connections("dock-3", KvsOperation.GET_MEDIA) == 0);
    await(() -> Footprint.now().files() <= before.files() + 3);

    assertThat(Footprint.now().threads()).isLessThanOrEqualTo(before.threads() + 3);
  }

  private static void openAndClose(KvsSource source) {
    try (PacketReader reader = source.openPackets(Optional.empty())) {
      assertThat(reader.tryAdvance(packet -> {})).isTrue();
    }
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still not so after 10 s").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  /** Keeps gaps; travels nowhere. */
  private static final class GapList implements KvsListener {
    private static final long serialVersionUID = 1L;
    private final transient List<KvsGap> gaps = new ArrayList<>();

    @Override
    public void onGap(String source, KvsGap gap) {
      gaps.add(gap);
    }
  }

  @Test
  void builder_wrongSettings_areNamed() {
    assertThatIllegalArgumentException().isThrownBy(() -> KvsSource.builder("dock 3"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KvsSource.builder("a").clock(CaptureClock.ARRIVAL))
        .withMessageContaining("ARRIVAL");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KvsSource.builder("a").fragmentBytes(5))
        .withMessageContaining("5");
    assertThatIllegalStateException()
        .isThrownBy(() -> KvsSource.builder("a").endWhenIdle(Duration.ofMinutes(2)).build())
        .withMessageContaining("patience");
  }

  @Test
  void source_liveAndEndless_asIsWanted() {
    KvsSource camera = KvsSource.of("dock-3");
    KvsSource stored = KvsSource.builder("dock-3").endWhenIdle(Duration.ofSeconds(1)).build();
    KvsSource patient = KvsSource.builder("dock-3").live(false).build();

    assertThat(camera.live() && camera.endless()).isTrue();
    assertThat(stored.live() || stored.endless()).isFalse();
    assertThat(!patient.live() && patient.endless()).isTrue();
    assertThat(camera.id()).isEqualTo("kvs://dock-3");
  }
}
