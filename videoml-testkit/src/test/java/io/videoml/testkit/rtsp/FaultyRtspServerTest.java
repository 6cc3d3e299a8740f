package io.videoml.testkit.rtsp;

import static io.videoml.testkit.rtsp.Cameras.MOMENT;
import static io.videoml.testkit.rtsp.RtspTransport.TCP;
import static io.videoml.testkit.rtsp.RtspTransport.UDP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.testkit.rtsp.RtspProbe.Response;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class FaultyRtspServerTest {
  @BeforeAll
  static void needsGStreamer() {
    Cameras.assumeAvailable();
  }

  @ParameterizedTest
  @CsvSource({
    "H264, TCP, H264/90000",
    "H264, UDP, H264/90000",
    "H265, TCP, H265/90000",
    "H265, UDP, H265/90000",
    "MJPEG, TCP, RTP/AVP 26",
    "MJPEG, UDP, RTP/AVP 26",
  })
  void play_everyCodecAndTransport_deliversPacketsInOrder(
      RtspCodec codec, RtspTransport transport, String described) throws IOException {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().codec(codec).size(320, 240).start();
        RtspProbe probe = Cameras.playing(camera, transport)) {
      List<Packet> packets = probe.collect(MOMENT);

      assertThat(packets).hasSizeGreaterThan(5);
      assertThat(Cameras.gaps(packets)).isZero();
      try (RtspProbe other = new RtspProbe(camera.uri())) {
        assertThat(other.describe().body()).contains("m=video").contains(described);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(RtspTransport.class)
  void play_ofTheOtherTransport_isRefused(RtspTransport allowed) throws IOException {
    RtspTransport other = allowed == TCP ? UDP : TCP;
    try (FaultyRtspServer camera = FaultyRtspServer.builder().transports(allowed).start();
        RtspProbe probe = new RtspProbe(camera.uri())) {
      assertThat(probe.play(other).status()).isEqualTo(461);
    }
  }

  @ParameterizedTest
  @CsvSource({"Digest, Basic", "Basic, Digest"})
  void describe_withCredentials_needsThemTheRightWay(String way, String other) throws IOException {
    String user = "us er";
    String password = "p@ss:w/rd!%";
    FaultyRtspServerBuilder builder = FaultyRtspServer.builder().size(320, 240);
    builder =
        way.equals("Basic")
            ? builder.basicCredentials(user, password)
            : builder.credentials(user, password);
    try (FaultyRtspServer camera = builder.start()) {
      Response nobody = describe(camera, "", "", "");
      assertThat(nobody.status()).isEqualTo(401);
      assertThat(nobody.headers().get("www-authenticate")).startsWith(way).doesNotContain(other);
      assertThat(describe(camera, way, user, password).status()).isEqualTo(200);
      assertThat(describe(camera, way, user, "wrong").status()).isEqualTo(401);
      assertThat(describe(camera, way, "nobody", password).status()).isEqualTo(401);
      assertThat(describe(camera, other, user, password).status()).isEqualTo(401);

      assertThat(camera.uriWithCredentials().getUserInfo()).isEqualTo(user + ":" + password);
      assertThat(camera.uri().getUserInfo()).isNull();
      assertThat(camera.toString()).doesNotContain("p@ss").doesNotContain("p%40ss");
    }
  }

  @Test
  void describe_otherPath_isNotFound() throws IOException {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start();
        RtspProbe probe = new RtspProbe(URI.create(camera.uri() + "-2"))) {
      assertThat(probe.describe().status()).isEqualTo(404);
    }
  }

  @Test
  void play_finite_endsAfterItsFrames() throws IOException {
    try (FaultyRtspServer camera =
            FaultyRtspServer.builder().size(320, 240).frames(20).audio().start();
        RtspProbe probe = Cameras.playing(camera, TCP)) {
      List<Packet> packets = probe.collect(Duration.ofSeconds(2));

      assertThat(packets.stream().map(Packet::timestamp).distinct()).hasSize(20);
      assertThat(probe.collect(MOMENT)).isEmpty();
    }
  }

  @Test
  void play_withAudio_hasBothBesideEachOther() throws IOException {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().size(320, 240).audio().start();
        RtspProbe probe = new RtspProbe(camera.uri())) {
      assertThat(probe.describe().body()).contains("m=video").contains("m=audio").contains("PCMA");
    }
  }

  @Test
  void play_midGop_startsWithoutKeyFrameAndGetsOneLater() throws IOException {
    try (FaultyRtspServer camera =
            FaultyRtspServer.builder().size(320, 240).gop(20).joinMidGop().start();
        RtspProbe probe = Cameras.playing(camera, TCP)) {
      Packet first = Cameras.first(probe, Duration.ofSeconds(2), RtspFaultsTest::picture);
      Packet key =
          Cameras.first(
              probe,
              Duration.ofSeconds(5),
              packet -> RtspFaultsTest.picture(packet).filter(found -> found.unitType() == 5));

      assertThat(first.unitType()).isEqualTo(1);
      // 20 frames are a group, the first 5 were withheld: 15 frames at 25 a second.
      assertThat(key.timestamp() - first.timestamp()).isEqualTo(15 * 90_000 / 25);
    }
  }

  @Test
  void play_secondClient_joinsWhereTheFirstIs() throws IOException {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().size(320, 240).gop(250).start();
        RtspProbe early = Cameras.playing(camera, TCP)) {
      assertThat(early.collect(MOMENT)).isNotEmpty();
      try (RtspProbe late = Cameras.playing(camera, TCP)) {
        Packet first = Cameras.first(late, Duration.ofSeconds(2), RtspFaultsTest::picture);

        assertThat(first.unitType()).isEqualTo(1);
      }
    }
  }

  @Test
  void play_file_loops(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("a 'clip' \"ü\" !.h264");
    try (FaultyRtspServer camera = FaultyRtspServer.builder().size(320, 240).gop(5).start();
        RtspProbe probe = Cameras.playing(camera, TCP)) {
      Files.write(file, AnnexB.of(probe.collect(MOMENT)));
    }
    try (FaultyRtspServer camera = FaultyRtspServer.builder().file(file).start();
        RtspProbe probe = Cameras.playing(camera, TCP)) {
      // The file lasts about half a second.
      List<Packet> packets = probe.collect(Duration.ofSeconds(2));
      long seconds = packets.get(packets.size() - 1).timestamp() - packets.get(0).timestamp();

      assertThat(seconds).isBetween(90_000L, 3 * 90_000L);
      assertThatThrownBy(() -> camera.resize(640, 480))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("file");
    }
  }

  @Test
  void senderReport_undisturbed_tellsTheTime() throws IOException {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().size(320, 240).start();
        RtspProbe probe = Cameras.playing(camera, UDP)) {
      Instant told = Cameras.first(probe, Duration.ofSeconds(10), Packet::wallClock);

      assertThat(Duration.between(told, Instant.now()).abs()).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void start_withTls_isReachedOnlyByThoseWhoTrustIt() throws Exception {
    try (FaultyRtspServer camera =
        FaultyRtspServer.builder().size(320, 240).credentials("u", "p").tls().start()) {
      assertThat(camera.uri().getScheme()).isEqualTo("rtsps");
      String pem = camera.certificate().orElseThrow();
      assertThat(pem).doesNotContain("PRIVATE");
      try (RtspProbe probe = new RtspProbe(camera.uri(), Trust.in(pem))) {
        assertThat(probe.as("Digest", "u", "p").play(TCP).status()).isEqualTo(200);
        assertThat(probe.collect(MOMENT)).isNotEmpty();
      }
      try (RtspProbe plain = new RtspProbe(camera.uri())) {
        assertThatThrownBy(plain::options).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void builder_unfitSettings_areNamed() {
    assertThatThrownBy(() -> FaultyRtspServer.builder().size(641, 360).start())
        .hasMessageContaining("641x360");
    assertThatThrownBy(
            () -> FaultyRtspServer.builder().codec(RtspCodec.MJPEG).size(644, 360).start())
        .hasMessageContaining("644x360");
    assertThatThrownBy(() -> FaultyRtspServer.builder().lossPercent(Double.NaN))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> FaultyRtspServer.builder().framesPerSecond(0))
        .hasMessageContaining("was 0");
    assertThatThrownBy(() -> FaultyRtspServer.builder().file(Path.of("no such file")))
        .hasMessageContaining("no such file");
  }

  private static Response describe(
      FaultyRtspServer camera, String way, String user, String password) throws IOException {
    try (RtspProbe probe = new RtspProbe(camera.uri()).as(way, user, password)) {
      return probe.describe();
    }
  }
}
