package io.videoml.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.videoml.frame.FrameInfo;
import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.rtsp.FaultyRtspServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A camera that fails in all its ways: each is told apart, and in time. */
@Timeout(60)
class RtspFaultsTest {
  @BeforeAll
  static void needsACamera() {
    Camera.assumeAvailable();
  }

  @Test
  void open_nobodyListens_isRefused() {
    URI gone;
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start()) {
      gone = camera.uri();
    }
    SourceException failure = Camera.failure(Camera.source(gone).build());

    assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    assertThat(failure.kind().retryable()).isTrue();
  }

  @Test
  void open_unknownHost_canBeTriedAgain() {
    SourceException failure =
        Camera.failure(Camera.source(URI.create("rtsp://no-such-host.invalid/x")).build());

    assertThat(failure.kind()).isEqualTo(Kind.NETWORK);
    assertThat(failure).hasMessageContaining("no-such-host.invalid");
  }

  @Test
  void open_wrongPath_isNotFound() {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start()) {
      URI other = URI.create(camera.uri() + "-2");

      assertThat(Camera.failure(Camera.source(other).build()).kind()).isEqualTo(Kind.NOT_FOUND);
    }
  }

  @Test
  void open_frozenServer_failsWithinTheTimeouts() {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start()) {
      camera.freeze();
      long start = System.nanoTime();

      SourceException failure =
          Camera.failure(
              Camera.source(camera.uri())
                  .connectTimeout(Duration.ofSeconds(1))
                  .readTimeout(Duration.ofSeconds(1))
                  .build());

      assertThat(failure.kind()).isEqualTo(Kind.STALLED);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = RtspTransport.class,
      names = {"TCP", "UDP"})
  void tryAdvance_serverFreezes_isStalledAfterTheReadTimeout(RtspTransport transport) {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start()) {
      FrameReader reader = Camera.source(camera.uri()).transport(transport).build().open();
      Camera.read(reader, 5);
      camera.freeze();
      long start = System.nanoTime();

      SourceException failure =
          catchThrowableOfType(SourceException.class, () -> Camera.read(reader, 1000));

      assertThat(failure.kind()).isEqualTo(Kind.STALLED);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(1500), Duration.ofSeconds(4));
      long closing = System.nanoTime();
      reader.close();
      assertThat(Duration.ofNanos(System.nanoTime() - closing)).isLessThan(Duration.ofSeconds(1));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = RtspTransport.class,
      names = {"TCP", "UDP"})
  void tryAdvance_serverKilled_endsOrFailsSoThatItIsTriedAgain(RtspTransport transport) {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start();
        FrameReader reader = Camera.source(camera.uri()).transport(transport).build().open()) {
      Camera.read(reader, 5);
      camera.kill();

      SourceException failure =
          catchThrowableOfType(SourceException.class, () -> Camera.read(reader, 1000));

      assertThat(failure).isNotNull();
      assertThat(failure.kind().retryable()).as(failure.toString()).isTrue();
    }
  }

  @Test
  void open_again_afterAKill_delivers() {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start()) {
      RtspSource source = Camera.source(camera.uri()).build();
      try (FrameReader reader = source.open()) {
        Camera.read(reader, 3);
      }
      camera.restart();
      try (FrameReader reader = source.open()) {
        assertThat(Camera.read(reader, 3)).hasSize(3);
      }
    }
  }

  @Test
  void tryAdvance_packetsAreLost_marksWhatRefersToThem() {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().gop(20).start();
        FrameReader reader = Camera.source(camera.uri()).build().open()) {
      Camera.readUntil(reader, FrameInfo::keyFrame);
      camera.lose(10);
      List<FrameInfo> infos = Camera.readUntil(reader, FrameInfo::corrupt);
      camera.lose(0);
      Camera.readUntil(reader, info -> info.keyFrame() && !info.corrupt());
      List<FrameInfo> healed = Camera.read(reader, 10);

      assertThat(infos).isNotEmpty();
      assertThat(healed).noneMatch(FrameInfo::corrupt);
    }
  }

  @Test
  void tryAdvance_codecChanges_canBeOpenedAgain() {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start()) {
      RtspSource source = Camera.source(camera.uri()).build();
      try (FrameReader reader = source.open()) {
        Camera.read(reader, 3);
        camera.codec(io.videoml.testkit.rtsp.RtspCodec.H265);
        try {
          Camera.read(reader, 1000); // a clean end will do
        } catch (SourceException e) {
          assertThat(e.kind().retryable()).isTrue();
        }
      }
      try (FrameReader reader = source.open()) {
        Camera.read(reader, 3);
        assertThat(reader.stream().codec()).isEqualTo("hevc");
      }
    }
  }

  @Test
  void close_fromAnotherThreadWhileFrozen_unblocks() {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start()) {
      FrameReader reader =
          Camera.source(camera.uri()).readTimeout(Duration.ofMinutes(1)).build().open();
      Camera.read(reader, 3);
      camera.freeze();
      FutureTask<List<FrameInfo>> read = Camera.start(() -> Camera.read(reader, 10_000));
      long start = System.nanoTime();

      reader.close();

      SourceException failure = catchThrowableOfType(SourceException.class, () -> Camera.get(read));
      assertThat(failure.kind()).isEqualTo(Kind.CLOSED);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void tryAdvance_interrupted_failsAsClosedAndStaysInterrupted() throws InterruptedException {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start();
        FrameReader reader =
            Camera.source(camera.uri()).readTimeout(Duration.ofMinutes(1)).build().open()) {
      Camera.read(reader, 3);
      camera.freeze();
      List<Optional<Kind>> kinds = new ArrayList<>();
      Thread thread =
          new Thread(
              () -> {
                SourceException failure =
                    catchThrowableOfType(SourceException.class, () -> Camera.read(reader, 10_000));
                kinds.add(
                    Thread.currentThread().isInterrupted()
                        ? Optional.of(failure.kind())
                        : Optional.empty());
              });
      thread.start();

      thread.interrupt();
      thread.join(1000);

      assertThat(kinds).containsExactly(Optional.of(Kind.CLOSED));
    }
  }
}
