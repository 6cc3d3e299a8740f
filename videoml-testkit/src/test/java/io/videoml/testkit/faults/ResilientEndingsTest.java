package io.videoml.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.frame.ResumePosition;
import io.videoml.resilience.ConnectLimits;
import io.videoml.resilience.Liveness;
import io.videoml.resilience.ReconnectPolicy;
import io.videoml.resilience.Resilience;
import io.videoml.resilience.ResilientReader;
import io.videoml.resilience.StreamObserver;
import io.videoml.resilience.StreamState;
import io.videoml.resilience.StreamStatus;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.TestClips;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How a surviving stream ends: by closing and by an interrupt, wherever it waits. */
@Timeout(60)
class ResilientEndingsTest {
  private static final TestClip CLIP = TestClips.movingSquare().withRate(200);
  private static final Behaviour WELL = Behaviour.healthy();

  /** Waits for ever between attempts, and for silent cameras, unless it is ended. */
  private static final Resilience PATIENT =
      new Resilience(
          ReconnectPolicy.defaults()
              .backoff(Duration.ofDays(1), 1, Duration.ofDays(1))
              .healthyAfter(Duration.ofDays(1)),
          Liveness.defaults()
              .bytesWithin(Duration.ofDays(1))
              .framesWithin(Duration.ofDays(1))
              .firstFrameWithin(Duration.ofDays(1)),
          new ConnectLimits(1, 100));

  static Stream<Arguments> waits() {
    return Stream.of(
        Arguments.of("open", WELL.hangInOpen(), StreamState.CONNECTING),
        Arguments.of("first frame", WELL.silentAt(0), StreamState.CONNECTING),
        Arguments.of("backoff", WELL.refuse(Kind.NETWORK), StreamState.BACKING_OFF),
        Arguments.of("read", WELL.silentAt(3), StreamState.LIVE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("waits")
  void close_fromAnotherThread_endsTheWait(String wait, Behaviour fault, StreamState state) {
    FaultyFrameSource camera = camera(fault);
    SurvivingStream stream = new SurvivingStream(camera, PATIENT);
    awaitWait(stream, camera, state);

    stream.reader.close();

    assertThat(Until.ended(stream.thread)).isLessThan(1000);
    assertThat(stream.failureKind()).isEqualTo(Kind.CLOSED);
    assertThat(stream.interruptLeft).isFalse();
    assertStopped(stream, camera);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("waits")
  void interrupt_ofTheThreadThatReads_endsTheWaitAndStays(
      String wait, Behaviour fault, StreamState state) {
    FaultyFrameSource camera = camera(fault);
    SurvivingStream stream = new SurvivingStream(camera, PATIENT);
    awaitWait(stream, camera, state);

    stream.thread.interrupt();

    assertThat(Until.ended(stream.thread)).isLessThan(1000);
    assertThat(stream.failureKind()).isEqualTo(Kind.CLOSED);
    assertThat(stream.interruptLeft).isTrue();
    assertStopped(stream, camera);
    assertThatThrownBy(() -> stream.reader.tryAdvance(frame -> {}))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void closeAndInterrupt_whileWaitingForATurn_endTheWait() {
    FaultyFrameSource camera =
        FaultyFrameSource.of("dock", CLIP)
            .host("nvr-of-endings")
            .afterwards(WELL.hangInOpen())
            .build();
    SurvivingStream first = new SurvivingStream(camera, PATIENT);
    Until.isTrue("the only turn is taken", () -> camera.counts().opening() == 1);
    SurvivingStream closed = new SurvivingStream(camera, PATIENT);
    SurvivingStream interrupted = new SurvivingStream(camera, PATIENT);
    awaitParked(closed.thread);
    awaitParked(interrupted.thread);

    closed.reader.close();
    interrupted.thread.interrupt();

    assertThat(Until.ended(closed.thread)).isLessThan(1000);
    assertThat(Until.ended(interrupted.thread)).isLessThan(1000);
    assertThat(closed.failureKind()).isEqualTo(Kind.CLOSED);
    assertThat(closed.interruptLeft).isFalse();
    assertThat(interrupted.failureKind()).isEqualTo(Kind.CLOSED);
    assertThat(interrupted.interruptLeft).isTrue();
    first.close();
    assertThat(camera.counts().opens()).isOne();
  }

  @Test
  void close_whileTheHandlerWorks_returnsAndLetsItFinish() {
    CountDownLatch handling = new CountDownLatch(1);
    AtomicBoolean goOn = new AtomicBoolean();
    FaultyFrameSource camera = camera(WELL);
    SurvivingStream stream =
        new SurvivingStream(
            camera,
            PATIENT,
            frame -> {
              handling.countDown();
              Until.isTrue("told to go on", goOn::get);
              frame.plane(0); // still there
            });
    Until.isTrue("in the handler", () -> handling.getCount() == 0);

    stream.reader.close();
    assertThat(stream.state()).isEqualTo(StreamState.STOPPED);
    assertThat(stream.thread.isAlive()).isTrue();
    goOn.set(true);

    Until.ended(stream.thread);
    assertThat(stream.failureKind()).isEqualTo(Kind.CLOSED);
    assertThat(stream.frames).hasSize(1);
    assertStopped(stream, camera);
  }

  @Test
  void close_byHandlerOrObserver_endsReading() {
    FaultyFrameSource camera = camera(WELL);
    ResilientReader byHandler = PATIENT.reader(camera);
    assertThat(byHandler.tryAdvance(frame -> byHandler.close())).isTrue();
    assertClosed(byHandler);

    CopyOnWriteArrayList<ResilientReader> own = new CopyOnWriteArrayList<>();
    ResilientReader byObserver =
        PATIENT.reader(
            camera,
            Optional.empty(),
            DecodeDemand.ALL,
            new StreamObserver() {
              @Override
              public void onState(StreamStatus status) {
                own.get(0).close();
              }
            });
    own.add(byObserver);
    assertClosed(byObserver);
    assertThat(camera.counts().openNow()).isZero();
  }

  @Test
  void close_beforeTheFirstRead_meansThatNothingIsOpened() {
    FaultyFrameSource camera = camera(WELL);
    ResilientReader reader = PATIENT.reader(camera);
    reader.close();
    reader.close();

    assertClosed(reader);
    assertThat(camera.counts().opens()).isZero();
    assertThat(reader.status().state()).isEqualTo(StreamState.STOPPED);
    assertThat(reader.notDemanded()).isZero();
    assertThat(reader.bytesReceived()).isEmpty();
    assertThat(reader.stream().codec()).isEmpty();
  }

  @Test
  void close_racingWithEverything_leavesNothingOpen() {
    for (int round = 0; round < 200; round++) {
      FaultyFrameSource camera =
          FaultyFrameSource.of("dock", CLIP)
              .pace(FramePace.unpaced())
              .afterwards(WELL.failAt(round % 4, Kind.NETWORK))
              .build();
      SurvivingStream stream = new SurvivingStream(camera, SurvivingStream.QUICK);
      LockSupport.parkNanos(round * 20_000L);
      stream.reader.close();
      Until.ended(stream.thread);

      assertThat(camera.counts().openNow()).isZero();
      assertThat(camera.counts().ledger().open()).isZero();
      assertThat(stream.state()).isEqualTo(StreamState.STOPPED);
      assertThat(stream.interruptLeft).isFalse();
    }
    Until.isTrue("the watchdog has nobody to watch", () -> !threads().contains("videoml-watchdog"));
  }

  @Test
  void handler_thatThrows_isNoFaultOfTheCamera() {
    FaultyFrameSource camera = camera(WELL);
    try (ResilientReader reader = SurvivingStream.QUICK.reader(camera)) {
      RuntimeException own = new IllegalStateException("the handler's own");
      SourceException misleading = new SourceException(Kind.NETWORK, "other", "of another stream");
      AssertionError error = new AssertionError("the handler's own");
      for (Throwable failure : List.of(own, misleading, error)) {
        assertThatThrownBy(
                () ->
                    reader.tryAdvance(
                        frame -> {
                          throw sneaky(failure);
                        }))
            .isSameAs(failure);
      }

      assertThat(reader.tryAdvance(frame -> assertThat(frame.info().index()).isEqualTo(3)))
          .isTrue();
      assertThat(reader.status().state()).isEqualTo(StreamState.LIVE);
      assertThat(camera.counts().opens()).isOne();
    }
  }

  @Test
  void handler_thatReadsAgain_isToldSo() {
    try (ResilientReader reader = SurvivingStream.QUICK.reader(camera(WELL))) {
      assertThatIllegalStateException()
          .isThrownBy(() -> reader.tryAdvance(frame -> reader.tryAdvance(again -> {})))
          .withMessageContaining("return from its handler");
    }
  }

  @Test
  void sourceThatListensToNobody_staysStalledUntilItReturns() {
    AtomicBoolean release = new AtomicBoolean();
    AtomicInteger opens = new AtomicInteger();
    FaultyFrameSource camera = camera(WELL);
    FrameSource deaf = new DeafSource(camera, opens, release);
    Resilience strict =
        SurvivingStream.QUICK.with(Liveness.defaults().firstFrameWithin(Duration.ofMillis(800)));
    try (SurvivingStream stream = new SurvivingStream(deaf, strict)) {
      stream.awaitState(StreamState.STALLED);
      Until.isTrue("the observer knows", () -> stream.states.contains(StreamState.STALLED));
      release.set(true);

      stream.awaitState(StreamState.LIVE);
      assertThat(stream.states)
          .containsExactly(
              StreamState.CONNECTING,
              StreamState.STALLED,
              StreamState.BACKING_OFF,
              StreamState.CONNECTING,
              StreamState.LIVE);
      assertThat(camera.counts().opens()).isEqualTo(2); // what came too late was closed
      assertThat(camera.counts().openNow()).isOne();
    }
  }

  /** Its first opening takes as long as it takes, whoever interrupts it. */
  private record DeafSource(FaultyFrameSource camera, AtomicInteger opens, AtomicBoolean release)
      implements FrameSource {
    @Override
    public String id() {
      return camera.id();
    }

    @Override
    public boolean live() {
      return true;
    }

    @Override
    public FrameReader open(Optional<ResumePosition> from, DecodeDemand demand) {
      if (opens.getAndIncrement() == 0) {
        while (!release.get()) {
          Thread.onSpinWait();
        }
        Thread.interrupted(); // a source so rude swallows it as well
      }
      return camera.open(from, demand);
    }
  }

  private static FaultyFrameSource camera(Behaviour behaviour) {
    return FaultyFrameSource.of("dock", CLIP).afterwards(behaviour).build();
  }

  private static void awaitWait(
      SurvivingStream stream, FaultyFrameSource camera, StreamState state) {
    stream.awaitState(state);
    Until.isTrue("it was opened", () -> camera.counts().opens() == 1);
    if (state == StreamState.LIVE) {
      Until.isTrue("frames", () -> stream.frames.size() == 3);
    }
    awaitParked(stream.thread);
  }

  private static void awaitParked(Thread thread) {
    Until.isTrue(
        thread + " waits",
        () ->
            thread.getState() == Thread.State.TIMED_WAITING
                || thread.getState() == Thread.State.WAITING);
  }

  private static void assertStopped(SurvivingStream stream, FaultyFrameSource camera) {
    assertThat(stream.state()).isEqualTo(StreamState.STOPPED);
    assertThat(stream.states.get(stream.states.size() - 1)).isEqualTo(StreamState.STOPPED);
    assertThat(camera.counts().opens()).isOne();
    assertThat(camera.counts().openNow()).isZero();
    assertThat(camera.counts().ledger().open()).isZero();
  }

  private static void assertClosed(ResilientReader reader) {
    assertThatThrownBy(() -> reader.tryAdvance(frame -> {}))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CLOSED));
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
  }

  private static RuntimeException sneaky(Throwable failure) {
    if (failure instanceof Error e) {
      throw e;
    }
    return (RuntimeException) failure;
  }
}
