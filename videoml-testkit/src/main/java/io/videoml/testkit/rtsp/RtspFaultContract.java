package io.videoml.testkit.rtsp;

import static io.videoml.testkit.rtsp.RtspTransport.TCP;
import static io.videoml.testkit.rtsp.RtspTransport.UDP;
import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.frame.CaptureClock;
import io.videoml.frame.FrameTime;
import io.videoml.resilience.Resilience;
import io.videoml.resilience.StreamState;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.rtsp.WatchedStream.Retry;
import io.videoml.testkit.rtsp.WatchedStream.Seen;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * What every source of RTSP promises when the camera fails, with {@link Resilience} around it: it
 * notices, says truthfully what is wrong, and delivers frames again soon after the camera is back.
 * A module extends this and says how its source is made; it needs what {@link FaultyRtspServer}
 * needs, and is skipped, with the reason, where that is missing. Takes about a minute and a half.
 */
public abstract class RtspFaultContract extends RtspPictures {
  private static final List<Kind> CUT = List.of(Kind.NETWORK, Kind.ENDED, Kind.REFUSED);
  private static final List<Kind> CUT_OR_SILENT =
      List.of(Kind.NETWORK, Kind.ENDED, Kind.REFUSED, Kind.STALLED);

  @Test
  void camera_killedAndBack_overTcp() {
    killAndRestart(TCP, CUT);
  }

  @Test
  void camera_killedAndBack_overUdp() {
    killAndRestart(UDP, CUT_OR_SILENT);
  }

  private void killAndRestart(RtspTransport transport, List<Kind> loss) {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start();
        WatchedStream stream = watch(camera, transport)) {
      stream.awaitFrames(30);
      assertThat(stream.reader().status().state()).isEqualTo(StreamState.LIVE);
      assertThat(stream.reader().bytesReceived().orElseThrow()).isGreaterThan(10_000);

      camera.kill();
      stream.await("two refused attempts", () -> refusals(stream) >= 2);
      assertThat(stream.reader().status().state())
          .isIn(StreamState.BACKING_OFF, StreamState.CONNECTING);
      camera.restart();
      long back = System.nanoTime();

      stream.assertBackWithin(BACK, back, 1);
      stream.assertSays(loss, List.of(Kind.REFUSED));
      stream.assertOneTimeline();
    }
  }

  private static long refusals(WatchedStream stream) {
    return stream.retries().stream().filter(r -> r.why().kind() == Kind.REFUSED).count();
  }

  @Test
  void camera_frozenForLongerThanTheLimit_overTcp() {
    freezeAndThaw(TCP);
  }

  @Test
  void camera_frozenForLongerThanTheLimit_overUdp() {
    freezeAndThaw(UDP);
  }

  private void freezeAndThaw(RtspTransport transport) {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start();
        WatchedStream stream = watch(camera, transport)) {
      stream.awaitFrames(30);

      camera.freeze();
      stream.await("stalled", SILENCE.plus(BACK), () -> stream.entered(StreamState.STALLED));
      stream.await("given up", () -> !stream.losses().isEmpty());
      LockSupport.parkNanos(BACK.toNanos()); // it tries to connect, and gets no answer
      camera.thaw();
      long back = System.nanoTime();

      stream.assertBackWithin(SILENCE.plus(BACK), back, 1);
      stream.assertSays(List.of(Kind.STALLED), List.of(Kind.STALLED));
      stream.assertOneTimeline();
    }
  }

  @Test
  void camera_refusesAtFirst_isReachedLater() {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start()) {
      camera.refuse();
      try (WatchedStream stream = watch(camera, TCP)) {
        stream.await("three refused attempts", () -> refusals(stream) >= 3);
        assertThat(stream.entered(StreamState.LIVE)).isFalse();
        camera.accept();
        long back = System.nanoTime();

        stream.assertBackWithin(BACK, back, 0);
        assertThat(stream.retries())
            .allSatisfy(r -> assertThat(r.why().kind()).isEqualTo(Kind.REFUSED));
      }
    }
  }

  @Test
  void camera_cutsConnections_isReachedAgain() {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start();
        WatchedStream stream = watch(camera, TCP)) {
      stream.awaitFrames(30);

      camera.dropConnections();
      long back = System.nanoTime();

      stream.assertBackWithin(BACK, back, 1);
      stream.assertSays(CUT, List.of());
    }
  }

  @Test
  void camera_wrongPassword_isNotHammered() {
    try (FaultyRtspServer camera =
            FaultyRtspServer.builder().credentials("operator", "right-w0rd").start();
        WatchedStream stream =
            WatchedStream.of(
                source(camera.uri(), "operator", "wr0ng-word", TCP, READ_TIMEOUT),
                Resilience.defaults())) {
      assertSlow(stream, Kind.AUTHENTICATION);
      assertThat(stream.toString()).doesNotContain("wr0ng-word").doesNotContain("operator");
    }
  }

  @Test
  void camera_rightPassword_isLetIn() {
    try (FaultyRtspServer camera =
            FaultyRtspServer.builder().credentials("operator", "p@ss:w/rd").start();
        WatchedStream stream =
            WatchedStream.of(
                source(camera.uri(), "operator", "p@ss:w/rd", TCP, READ_TIMEOUT), QUICK)) {
      stream.awaitFrames(5);
      assertThat(stream.toString()).doesNotContain("p@ss").doesNotContain("operator");
    }
  }

  @Test
  void camera_unknownPath_isNotFoundAndNotHammered() {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start();
        WatchedStream stream =
            WatchedStream.of(
                source(URI.create(camera.uri() + "-elsewhere"), "", "", TCP, READ_TIMEOUT),
                Resilience.defaults())) {
      assertSlow(stream, Kind.NOT_FOUND);
    }
  }

  /** At most five attempts a minute: 12 s between two of them at least. */
  private static void assertSlow(WatchedStream stream, Kind kind) {
    stream.await("an attempt", () -> !stream.retries().isEmpty());
    Retry retry = stream.retries().get(0);
    assertThat(retry.why().kind()).as("%s", retry.why().getMessage()).isEqualTo(kind);
    FaultReport.saw("next attempt in %d s".formatted(retry.delay().toSeconds()));
    assertThat(retry.delay()).isGreaterThanOrEqualTo(Duration.ofSeconds(12));
    assertThat(stream.reader().status().state()).isEqualTo(StreamState.BACKING_OFF);
    LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
    assertThat(stream.retries()).hasSize(1);
    assertThat(stream.frames()).isEmpty();
  }

  @Test
  void camera_changesItsCodec_isDescribedAnew() {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start();
        WatchedStream stream = watch(camera, TCP)) {
      stream.awaitFrames(30);
      String before = stream.reader().stream().codec();

      camera.codec(RtspCodec.H265);
      long back = System.nanoTime();
      stream.assertBackWithin(BACK, back, 1);
      assertThat(stream.reader().stream().codec()).isNotEqualTo(before);

      int connections = stream.connections();
      camera.codec(RtspCodec.H264);
      back = System.nanoTime();
      stream.assertBackWithin(BACK, back, connections);
      assertThat(stream.reader().stream().codec()).isEqualTo(before);
      stream.assertOneTimeline();
    }
  }

  @Test
  void camera_endsItsStream_isPlayedAgain() {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().frames(40).start();
        WatchedStream stream = watch(camera, TCP)) {
      stream.await("the end", () -> !stream.losses().isEmpty());
      long end = System.nanoTime();

      stream.assertBackWithin(BACK, end, 1);
      assertThat(stream.losses().get(0).kind()).isIn(Kind.ENDED, Kind.NETWORK);
      stream.assertOneTimeline();
    }
  }

  @Test
  void camera_setsItsClock_showsInCaptureTimeAlone() {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start();
        WatchedStream stream = watch(camera, TCP)) {
      Duration limit = Duration.ofSeconds(15); // sender reports come every five seconds
      stream.await("the camera's time", limit, () -> stream.frames().stream().anyMatch(ahead(0)));
      Seen first = stream.frames().get(0);
      assertThat(first.info().time().capturedFrom())
          .isIn(CaptureClock.ARRIVAL, CaptureClock.RTCP_SENDER);

      camera.jumpClock(Duration.ofHours(1));
      stream.await("the new time", limit, () -> stream.frames().stream().anyMatch(ahead(1)));
      camera.jumpClock(Duration.ofHours(-2));
      stream.await("the old time", limit, () -> stream.frames().stream().anyMatch(ahead(-1)));

      assertThat(stream.connections()).isEqualTo(1);
      stream.assertOneTimeline();
      for (int i = 1; i < stream.frames().size(); i++) {
        FrameTime time = stream.frames().get(i).info().time();
        Duration step = time.pts().minus(stream.frames().get(i - 1).info().time().pts());
        assertThat(step).as("media time before frame %d", i).isLessThan(Duration.ofSeconds(1));
      }
    }
  }

  /** A frame whose capture the camera puts so many hours ahead of here, within 150 ms. */
  private static java.util.function.Predicate<Seen> ahead(int hours) {
    return seen -> {
      FrameTime time = seen.info().time();
      Duration ahead = Duration.between(seen.at(), time.captured()).minus(Duration.ofHours(hours));
      return time.capturedFrom() == CaptureClock.RTCP_SENDER && ahead.abs().toMillis() <= 150;
    };
  }
}
