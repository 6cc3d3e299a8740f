package io.videoml.testkit.faults;

import static io.videoml.resilience.StreamState.BACKING_OFF;
import static io.videoml.resilience.StreamState.CONNECTING;
import static io.videoml.resilience.StreamState.FAILED;
import static io.videoml.resilience.StreamState.LIVE;
import static io.videoml.resilience.StreamState.STALLED;
import static io.videoml.resilience.StreamState.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.frame.FrameInfo;
import io.videoml.resilience.ReconnectPolicy;
import io.videoml.resilience.Resilience;
import io.videoml.resilience.StreamState;
import io.videoml.source.DecodeDemand;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.TestClips;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault that a camera in memory can have: what is said of it meanwhile, and that it ends. */
@Timeout(60)
class ResilientFaultsTest {
  private static final Behaviour WELL = Behaviour.healthy();
  private static final Duration HOUR = Duration.ofHours(1);

  private final TestClip clip = TestClips.movingSquare().withRate(200);

  static Stream<Arguments> losses() {
    return Stream.of(
        Arguments.of("refused", WELL.refuse(Kind.REFUSED), Kind.REFUSED, List.of()),
        Arguments.of("no network", WELL.refuse(Kind.NETWORK), Kind.NETWORK, List.of()),
        Arguments.of("hangs in open", WELL.hangInOpen(), Kind.STALLED, List.of(STALLED)),
        Arguments.of("no first frame", WELL.silentAt(0), Kind.STALLED, List.of(STALLED)),
        Arguments.of("data, no first frame", WELL.framelessAt(0), Kind.STALLED, List.of(STALLED)),
        Arguments.of("killed", WELL.failAt(5, Kind.NETWORK), Kind.NETWORK, List.of(LIVE)),
        Arguments.of("read timeout", WELL.failAt(5, Kind.STALLED), Kind.STALLED, List.of(LIVE)),
        Arguments.of("damaged", WELL.failAt(5, Kind.CORRUPT), Kind.CORRUPT, List.of(LIVE)),
        Arguments.of("ended", WELL.endAt(5), Kind.ENDED, List.of(LIVE)),
        Arguments.of("broken source", WELL.throwAt(5), Kind.CORRUPT, List.of(LIVE)),
        Arguments.of("silent", WELL.silentAt(5), Kind.STALLED, List.of(LIVE, STALLED)),
        Arguments.of("no frames", WELL.framelessAt(5), Kind.STALLED, List.of(LIVE, STALLED)),
        Arguments.of("frozen", WELL.freezeAt(9), Kind.STALLED, List.of(LIVE, STALLED)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("losses")
  void loss_isToldAndOvercome(
      String name, Behaviour fault, Kind kind, List<StreamState> meanwhile) {
    FaultyFrameSource camera = camera().connection(fault).build();
    Resilience resilience =
        SurvivingStream.QUICK.with(
            SurvivingStream.QUICK.liveness().changesWithin(Duration.ofMillis(600)));
    try (SurvivingStream stream = new SurvivingStream(camera, resilience)) {
      Until.isTrue("a second opening", () -> camera.counts().opens() == 2);
      stream.awaitState(LIVE);
      stream.awaitMoreFrames(5);

      List<StreamState> expected = new ArrayList<>(List.of(CONNECTING));
      expected.addAll(meanwhile);
      expected.addAll(List.of(BACKING_OFF, CONNECTING, LIVE));
      assertThat(stream.states).isEqualTo(expected);
      assertThat(stream.told).containsOnlyOnce("attempt 1 after " + kind.code());
      boolean wasConnected = stream.reader.status().connects() == 2;
      assertThat(stream.told.contains("disconnected " + kind.code())).isEqualTo(wasConnected);
      assertThat(stream.reader.status().lastProblem().orElseThrow().kind()).isEqualTo(kind);
      assertOneStream(stream.frames);
    }
    assertThat(camera.counts().openNow()).isZero();
    assertThat(camera.counts().ledger().open()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTHENTICATION", "NOT_FOUND", "UNSUPPORTED"})
  void putRightBySomebody_isFoundAtTheSlowPace(Kind kind) {
    FaultyFrameSource camera = camera().connection(WELL.refuse(kind)).build();
    try (SurvivingStream stream = new SurvivingStream(camera, SurvivingStream.QUICK)) {
      stream.awaitState(LIVE);

      assertThat(stream.delays).singleElement().satisfies(this::isASecond);
    }
  }

  private void isASecond(Duration delay) {
    assertThat(delay).isBetween(Duration.ofMillis(750), Duration.ofMillis(1250));
  }

  @Test
  void badCredentials_byDefault_areNotTriedAgainForAMinute() {
    FaultyFrameSource camera = camera().afterwards(WELL.refuse(Kind.AUTHENTICATION)).build();
    try (SurvivingStream stream = new SurvivingStream(camera, Resilience.defaults())) {
      stream.awaitState(BACKING_OFF);
      Until.isTrue("told", () -> !stream.delays.isEmpty());

      assertThat(stream.delays.get(0)).isGreaterThanOrEqualTo(Duration.ofSeconds(45));
      assertThat(camera.counts().opens()).isOne();
      assertThat(stream.reader.status().attempts()).isOne();
      assertThat(stream.reader.status().connects()).isZero();
      assertThat(stream.reader.status().lastProblem().orElseThrow().kind())
          .isEqualTo(Kind.AUTHENTICATION);
    }
  }

  @Test
  void badCredentials_whenRefusedStop_areTheEnd() {
    FaultyFrameSource camera = camera().afterwards(WELL.refuse(Kind.AUTHENTICATION)).build();
    ReconnectPolicy stopping = ReconnectPolicy.defaults().whenRefused(ReconnectPolicy.Refused.STOP);
    SurvivingStream stream = new SurvivingStream(camera, SurvivingStream.QUICK.with(stopping));
    Until.ended(stream.thread);

    assertThat(stream.states).containsExactly(CONNECTING, FAILED);
    assertThat(stream.failureKind()).isEqualTo(Kind.AUTHENTICATION);
    assertThat(camera.counts().opens()).isOne();
  }

  @Test
  void failures_beyondMaxAttempts_areTheEnd() {
    FaultyFrameSource camera = camera().afterwards(WELL.refuse(Kind.NETWORK)).build();
    SurvivingStream stream =
        new SurvivingStream(
            camera, SurvivingStream.QUICK.with(SurvivingStream.QUICK.reconnect().maxAttempts(3)));
    Until.ended(stream.thread);

    assertThat(stream.failureKind()).isEqualTo(Kind.NETWORK);
    assertThat(stream.state()).isEqualTo(FAILED);
    assertThat(camera.counts().opens()).isEqualTo(4);
    assertThat(stream.reader.status().attempts()).isEqualTo(4);
  }

  @Test
  void failures_afterAHealthySpell_areForgotten() {
    ReconnectPolicy forgetful =
        SurvivingStream.QUICK.reconnect().healthyAfter(Duration.ofMillis(50)).maxAttempts(2);
    FaultyFrameSource camera =
        camera().afterwards(WELL.failAt(20, Kind.NETWORK)).build(); // after 100 ms
    try (SurvivingStream stream =
        new SurvivingStream(camera, SurvivingStream.QUICK.with(forgetful))) {
      stream.awaitConnects(6); // of which every one failed

      assertThat(stream.told).doesNotContain("attempt 2 after network");
    }
  }

  @Test
  void camera_thatGivesAFrameAndFallsSilent_isNotHealthy() {
    ReconnectPolicy quick = SurvivingStream.QUICK.reconnect().healthyAfter(Duration.ofMillis(100));
    FaultyFrameSource camera = camera().afterwards(WELL.silentAt(1)).build();
    try (SurvivingStream stream = new SurvivingStream(camera, SurvivingStream.QUICK.with(quick))) {
      stream.awaitConnects(4); // each was open for 600 ms

      assertThat(stream.told)
          .contains(
              "attempt 1 after stalled", "attempt 2 after stalled", "attempt 3 after stalled");
    }
  }

  @Test
  void clock_thatJumpsByAnHour_leavesNoTraceInMediaTime() {
    FaultyFrameSource camera =
        camera()
            .connection(WELL.jumpClockAt(5, HOUR).failAt(10, Kind.NETWORK))
            .connection(WELL.jumpClockAt(5, HOUR.negated()).failAt(10, Kind.NETWORK))
            .afterwards(WELL.jumpMediaTimeAt(5, HOUR))
            .build();
    try (SurvivingStream stream = new SurvivingStream(camera, SurvivingStream.QUICK)) {
      Until.isTrue("frames", () -> stream.frames.size() > 30);

      assertOneStream(stream.frames);
      FrameInfo last = stream.frames.get(30);
      assertThat(last.time().pts()).isLessThan(Duration.ofSeconds(30));
      assertThat(stream.frames.get(7).time().captured()) // the camera's word
          .isAfter(stream.frames.get(4).time().captured().plus(Duration.ofMinutes(50)));
    }
  }

  @Test
  void demand_thatChanged_holdsForTheNextConnection() {
    FaultyFrameSource camera = camera().afterwards(WELL.failAt(30, Kind.NETWORK)).build();
    try (SurvivingStream stream = new SurvivingStream(camera, SurvivingStream.QUICK)) {
      stream.awaitConnects(1);
      stream.reader.demand(DecodeDemand.KEY_FRAMES);
      stream.awaitConnects(2);
      stream.awaitMoreFrames(2); // one of which may be of the connection before
      stream.awaitMoreFrames(5);

      List<FrameInfo> frames = stream.frames;
      assertThat(frames.subList(frames.size() - 5, frames.size()))
          .extracting(FrameInfo::keyFrame)
          .containsOnly(true);
      assertThat(stream.reader.notDemanded()).isPositive();
      assertThat(frames).extracting(FrameInfo::index).isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  void unexpectedFailure_itsMessageIsToldToNobody() {
    FaultyFrameSource camera = camera().connection(WELL.throwAt(3)).build();
    try (SurvivingStream stream = new SurvivingStream(camera, SurvivingStream.QUICK)) {
      stream.awaitConnects(2);

      assertThat(stream.reader.status().lastProblem().orElseThrow().message())
          .isEqualTo("dock: failed in an unexpected way, with java.lang.IllegalStateException");
    }
  }

  @Test
  void file_thatResumes_isDeliveredOnceAndInOrder() {
    FaultyFrameSource file =
        FaultyFrameSource.of("file", clip)
            .finite()
            .resuming()
            .pace(FramePace.unpaced())
            .connection(WELL.failAt(7, Kind.NETWORK))
            .connection(WELL.refuse(Kind.REFUSED))
            .connection(WELL.failAt(0, Kind.STALLED))
            .connections(20, WELL.failAt(2, Kind.NETWORK))
            .build();
    SurvivingStream stream = new SurvivingStream(file, SurvivingStream.QUICK);
    Until.ended(stream.thread);

    assertThat(stream.failure).isNull();
    assertThat(stream.state()).isEqualTo(STOPPED);
    assertThat(stream.frames)
        .extracting(FrameInfo::index)
        .isEqualTo(LongStream.range(0, 60).boxed().toList());
    assertThat(stream.frames)
        .extracting(frame -> frame.time().pts())
        .isEqualTo(clip.expected().pts());
    assertThat(stream.reader.tryAdvance(frame -> {})).isFalse();
    stream.close();
  }

  @Test
  void file_byDefault_isReadOnceWithoutAnyRetry() {
    FaultyFrameSource file =
        FaultyFrameSource.of("file", clip)
            .finite()
            .pace(FramePace.unpaced())
            .connection(WELL.failAt(7, Kind.NETWORK))
            .build();
    SurvivingStream stream = new SurvivingStream(file, Resilience.defaultFor(file));
    Until.ended(stream.thread);

    assertThat(stream.failureKind()).isEqualTo(Kind.NETWORK);
    assertThat(stream.states).containsExactly(CONNECTING, LIVE, FAILED);
    assertThat(file.counts().opens()).isOne();
    assertThat(file.counts().openNow()).isZero();
  }

  @Test
  void file_thatBreaksInAnUnexpectedWay_failsWithThatVeryException() {
    FaultyFrameSource file =
        FaultyFrameSource.of("file", clip).finite().connection(WELL.throwAt(2)).build();
    SurvivingStream stream = new SurvivingStream(file, SurvivingStream.QUICK);
    Until.ended(stream.thread);

    assertThat(stream.failure).isInstanceOf(IllegalStateException.class);
    assertThat(stream.states).containsExactly(CONNECTING, LIVE, FAILED);
    assertThat(stream.reader.status().lastProblem().orElseThrow().kind()).isEqualTo(Kind.CORRUPT);
  }

  private FaultyFrameSource.Builder camera() {
    return FaultyFrameSource.of("dock", clip);
  }

  /** Numbers go up one by one, and times do not go back. */
  private static void assertOneStream(List<FrameInfo> frames) {
    List<FrameInfo> seen = List.copyOf(frames);
    assertThat(seen)
        .extracting(FrameInfo::index)
        .isEqualTo(LongStream.range(0, seen.size()).boxed().toList());
    assertThat(seen).extracting(frame -> frame.time().pts()).isSorted();
  }
}
