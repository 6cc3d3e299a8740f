package io.videoml.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.frame.CaptureClock;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.OwnedFrame;
import io.videoml.frame.PixelFormat;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.rtsp.FaultyRtspServer;
import io.videoml.testkit.rtsp.RtspCodec;
import io.videoml.testkit.rtsp.TestPattern;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A camera that does what it should. */
@Timeout(60)
class RtspSourceTest {
  @TempDir static Path directory;

  @BeforeAll
  static void needsACamera() {
    Camera.assumeAvailable();
  }

  @ParameterizedTest
  @CsvSource({
    "H264, TCP, h264",
    "H264, UDP, h264",
    "H265, TCP, hevc",
    "H265, UDP, hevc",
    "MJPEG, TCP, mjpeg",
    "MJPEG, UDP, mjpeg",
  })
  void open_everyCodecAndTransport_deliversItsPicture(
      RtspCodec codec, RtspTransport transport, String name) {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().codec(codec).audio().start();
        FrameReader reader = Camera.source(camera.uri()).transport(transport).build().open()) {
      List<Optional<String>> wrong = new ArrayList<>();
      List<FrameInfo> infos = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        reader.tryAdvance(
            frame -> {
              infos.add(frame.info());
              if (!frame.info().corrupt()) {
                wrong.add(TestPattern.mismatch(frame));
              }
            });
      }

      assertThat(wrong).hasSizeGreaterThan(20).allMatch(Optional::isEmpty);
      assertThat(infos.get(0).width()).isEqualTo(640);
      assertThat(infos.get(0).height()).isEqualTo(360);
      assertThat(infos.get(0).format()).isEqualTo(PixelFormat.I420);
      assertThat(infos).anyMatch(FrameInfo::keyFrame);
      assertThat(infos).extracting(info -> info.time().pts()).isSorted();
      assertThat(reader.stream().codec()).isEqualTo(name);
      assertThat(reader.stream().decoder()).isNotBlank();
      assertThat(reader.stream().hardware()).isEmpty();
      assertThat(reader.bytesReceived().orElseThrow()).isGreaterThan(1000);
    }
  }

  @Test
  void tryAdvance_afterASenderReport_knowsWhenItWasTaken() {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start();
        FrameReader reader = Camera.source(camera.uri()).build().open()) {
      List<FrameInfo> infos =
          Camera.readUntil(reader, info -> info.time().capturedFrom() == CaptureClock.RTCP_SENDER);
      FrameInfo last = Camera.read(reader, 5).get(4);

      assertThat(infos.get(0).time().capturedFrom())
          .isIn(CaptureClock.ARRIVAL, CaptureClock.RTCP_SENDER);
      assertThat(last.time().capturedFrom()).isEqualTo(CaptureClock.RTCP_SENDER);
      Instant arrived = Instant.now().minusNanos(System.nanoTime() - last.time().arrivalNanos());
      assertThat(Duration.between(last.time().captured(), arrived).abs())
          .isLessThan(Duration.ofMillis(100));
    }
  }

  @Test
  void open_forKeyFrames_deliversThoseAndCountsTheRest() {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().gop(10).start();
        FrameReader reader =
            Camera.source(camera.uri()).build().open(Optional.empty(), DecodeDemand.KEY_FRAMES)) {
      List<FrameInfo> keys = Camera.read(reader, 4);

      assertThat(keys).allMatch(FrameInfo::keyFrame);
      long span = keys.get(3).index() - keys.get(0).index();
      assertThat(span).isEqualTo(30);
      assertThat(reader.notDemanded()).isGreaterThanOrEqualTo(27);

      reader.demand(DecodeDemand.ALL);
      List<FrameInfo> all = Camera.readUntil(reader, info -> !info.keyFrame());
      List<FrameInfo> dense = Camera.read(reader, 10);
      assertThat(dense.get(9).index() - dense.get(0).index()).isEqualTo(9);
      assertThat(all).noneMatch(FrameInfo::corrupt);
    }
  }

  @Test
  void tryAdvance_joinedMidGop_marksFramesUntilTheFirstKeyFrame() {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().gop(40).joinMidGop().start();
        FrameReader reader = Camera.source(camera.uri()).build().open()) {
      List<FrameInfo> before = new ArrayList<>();
      List<Optional<String>> wrong = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        reader.tryAdvance(
            frame -> {
              before.add(frame.info());
              if (!frame.info().corrupt()) {
                wrong.add(TestPattern.mismatch(frame));
              }
            });
      }

      int key = before.indexOf(before.stream().filter(FrameInfo::keyFrame).findFirst().get());
      assertThat(before.subList(0, key)).allMatch(FrameInfo::corrupt);
      assertThat(before.subList(key, 60)).noneMatch(FrameInfo::corrupt);
      assertThat(wrong).hasSizeGreaterThan(15).allMatch(Optional::isEmpty);
    }
  }

  @Test
  void tryAdvance_sizeChanges_goesOn() {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start();
        FrameReader reader = Camera.source(camera.uri()).build().open()) {
      Camera.read(reader, 5);
      List<OwnedFrame> old = new ArrayList<>();
      reader.tryAdvance(frame -> old.add(frame.share()));

      camera.resize(320, 240);
      Camera.readUntil(reader, info -> info.width() == 320);

      assertThat(reader.stream().width()).isEqualTo(320);
      assertThat(reader.stream().height()).isEqualTo(240);
      assertThat(TestPattern.mismatch(old.get(0))).isEmpty();
      reader.tryAdvance(frame -> assertThat(TestPattern.mismatch(frame)).isEmpty());
      old.get(0).close();
    }
  }

  @Test
  void tryAdvance_finiteStream_ends() {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().frames(30).start();
        FrameReader reader = Camera.source(camera.uri()).build().open()) {
      List<FrameInfo> infos = Camera.read(reader, 1000);

      assertThat(infos.size()).isBetween(20, 30);
      assertThat(reader.tryAdvance(frame -> {})).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void open_withCredentials_worksAndShowsThemNowhere(boolean basic, boolean inAddress) {
    String user = "us er-x";
    String password = "p@ss:w/rd!%\"";
    var builder = FaultyRtspServer.builder();
    builder =
        basic ? builder.basicCredentials(user, password) : builder.credentials(user, password);
    try (FaultyRtspServer camera = builder.start()) {
      RtspSource source =
          inAddress
              ? Camera.source(camera.uriWithCredentials()).build()
              : Camera.source(camera.uri()).credentials(user, password).build();
      try (FrameReader reader = source.open()) {
        assertThat(Camera.read(reader, 3)).hasSize(3);
      }
      assertThat(source.id() + source + source.host()).doesNotContain(user, "p@ss", "p%40ss");
      assertThat(source.id()).isEqualTo(camera.uri().toString());

      SourceException wrong =
          Camera.failure(Camera.source(camera.uri()).credentials(user, "wr0ng-word").build());
      assertThat(wrong.kind()).isEqualTo(Kind.AUTHENTICATION);
      assertThat(wrong.toString()).doesNotContain(user, "wr0ng-word");
      assertThat(Camera.failure(Camera.source(camera.uri()).build()).kind())
          .isEqualTo(Kind.AUTHENTICATION);
    }
  }

  @Test
  void open_encrypted_needsATrustedCertificate() throws Exception {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().tls().start()) {
      Path authority = directory.resolve("authority.pem");
      Files.writeString(authority, camera.certificate().orElseThrow());

      try (FrameReader reader = Camera.source(camera.uri()).trust(authority).build().open()) {
        assertThat(Camera.read(reader, 3)).hasSize(3);
      }
      Path relative = Path.of("").toAbsolutePath().relativize(authority.toAbsolutePath());
      try (FrameReader reader = Camera.source(camera.uri()).trust(relative).build().open()) {
        assertThat(Camera.read(reader, 3)).hasSize(3);
      }
      try (FrameReader reader = Camera.source(camera.uri()).insecure().build().open()) {
        assertThat(Camera.read(reader, 3)).hasSize(3);
      }
      SourceException untrusted = Camera.failure(Camera.source(camera.uri()).build());
      assertThat(untrusted.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(untrusted).hasMessageContaining("certificate");
    }
  }

  @Test
  void open_tcpThenUdp_takesWhatTheServerAllows() throws InterruptedException {
    try (FaultyRtspServer camera =
        FaultyRtspServer.builder().transports(io.videoml.testkit.rtsp.RtspTransport.UDP).start()) {
      RtspSource.Builder builder = Camera.source(camera.uri());
      try (FrameReader reader = builder.transport(RtspTransport.TCP_THEN_UDP).build().open()) {
        assertThat(Camera.read(reader, 3)).hasSize(3);
      }
      RtspSource tcp = builder.transport(RtspTransport.TCP).build();
      // Until the client before has left, the server is busy.
      Camera.await("UNSUPPORTED", () -> Camera.failure(tcp).kind() == Kind.UNSUPPORTED);
    }
  }

  @Test
  void open_hardwareRequired_failsAtOnceOrDecodesByOne() {
    boolean device =
        GStreamerSupport.probe()
            .chosen("h264", DecoderPreference.HARDWARE_FIRST)
            .flatMap(GStreamerSupport.VideoDecoder::device)
            .isPresent();
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start()) {
      RtspSource source = Camera.source(camera.uri()).require(Requirement.HARDWARE_DECODE).build();
      if (device) {
        try (FrameReader reader = source.open()) {
          Camera.read(reader, 1);
          assertThat(reader.stream().hardware()).isPresent();
        }
      } else {
        assertThat(Camera.failure(source).kind()).isEqualTo(Kind.UNSUPPORTED);
      }
    }
  }
}
