package io.videoml.testkit.rtsp;

import static io.videoml.testkit.rtsp.Cameras.MOMENT;
import static io.videoml.testkit.rtsp.RtspTransport.TCP;
import static io.videoml.testkit.rtsp.RtspTransport.UDP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RtspFaultsTest {
  private FaultyRtspServer camera;

  @BeforeAll
  static void needsGStreamer() {
    Cameras.assumeAvailable();
  }

  @BeforeEach
  void start() {
    camera = FaultyRtspServer.builder().size(320, 240).gop(10).start();
  }

  @AfterEach
  void close() {
    if (camera != null) {
      camera.close();
    }
  }

  @Test
  void kill_whilePlaying_cutsAndRefusesUntilRestartedOnTheSamePort() throws IOException {
    URI before = camera.uri();
    try (RtspProbe probe = Cameras.playing(camera, TCP)) {
      camera.kill();

      assertThatThrownBy(() -> probe.collect(Duration.ofSeconds(2)))
          .isInstanceOf(IOException.class);
    }
    assertThat(camera.pid()).isEmpty();
    assertThatThrownBy(() -> new RtspProbe(before)).isInstanceOf(ConnectException.class);
    assertThatThrownBy(camera::dropConnections).hasMessageContaining("restart()");

    camera.restart();

    assertThat(camera.uri()).isEqualTo(before);
    assertDelivers();
  }

  @ParameterizedTest
  @EnumSource(RtspTransport.class)
  void freeze_whilePlaying_isSilentUntilThawed(RtspTransport transport) throws IOException {
    try (RtspProbe probe = Cameras.playing(camera, transport)) {
      assertThat(probe.collect(MOMENT)).isNotEmpty();

      camera.freeze();

      probe.collect(MOMENT);
      assertThat(probe.collect(MOMENT)).isEmpty();
      assertThatThrownBy(() -> camera.lose(1)).hasMessageContaining("thaw()");
      if (transport == TCP) {
        try (RtspProbe other = new RtspProbe(camera.uri())) {
          assertThatThrownBy(other::options).hasMessageContaining("timed out");
        }
      }

      camera.thaw();

      assertThat(probe.collect(MOMENT)).isNotEmpty();
    }
  }

  @Test
  void refuse_whilePlaying_keepsThoseInAndOthersOut() throws IOException {
    try (RtspProbe probe = Cameras.playing(camera, TCP)) {
      camera.refuse();

      assertThatThrownBy(() -> new RtspProbe(camera.uri())).isInstanceOf(ConnectException.class);
      assertThat(probe.collect(MOMENT)).isNotEmpty();
    }

    camera.accept();

    assertDelivers();
  }

  @Test
  void dropConnections_whilePlaying_cutsThemAndServesOn() throws IOException {
    Optional<Long> process = camera.pid();
    try (RtspProbe probe = Cameras.playing(camera, TCP)) {
      camera.dropConnections();

      assertThatThrownBy(() -> probe.collect(Duration.ofSeconds(2)))
          .isInstanceOf(IOException.class);
    }
    assertThat(camera.pid()).isEqualTo(process);
    assertDelivers();
  }

  @ParameterizedTest
  @EnumSource(RtspTransport.class)
  void lose_aThird_leavesGapsUntilItStops(RtspTransport transport) throws IOException {
    try (RtspProbe probe = Cameras.playing(camera, transport)) {
      probe.collect(MOMENT);

      camera.lose(33);

      // 25 frames a second of several packets each: by chance alone, not one lost in 100000 runs.
      List<Packet> lossy = probe.collect(Duration.ofSeconds(1));
      assertThat(Cameras.gaps(lossy)).isBetween(1, 3 * lossy.size());

      camera.lose(0);

      probe.collect(MOMENT);
      assertThat(Cameras.gaps(probe.collect(MOMENT))).isZero();
    }
  }

  @Test
  void lose_all_isSilent() throws IOException {
    try (RtspProbe probe = Cameras.playing(camera, TCP)) {
      camera.lose(100);

      probe.collect(MOMENT);
      assertThat(probe.collect(MOMENT)).isEmpty();
    }
  }

  @Test
  void slow_toAQuarter_deliversAQuarterOfTheTime() throws IOException {
    try (RtspProbe probe = Cameras.playing(camera, TCP)) {
      probe.collect(MOMENT);

      camera.slow(0.25);

      probe.collect(MOMENT);
      List<Packet> packets = probe.collect(Duration.ofSeconds(2));
      double seconds =
          (packets.get(packets.size() - 1).timestamp() - packets.get(0).timestamp()) / 90_000.0;
      assertThat(seconds).isBetween(0.2, 0.8);
    }
  }

  @Test
  void resize_whilePlaying_changesTheParameterSets() throws IOException {
    try (RtspProbe probe = Cameras.playing(camera, TCP)) {
      Duration limit = Duration.ofSeconds(5);
      String before = Cameras.first(probe, limit, Packet::parameterSet);

      camera.resize(640, 480);

      String after =
          Cameras.first(
              probe, limit, packet -> packet.parameterSet().filter(set -> !set.equals(before)));
      assertThat(after).isNotEqualTo(before);
      assertThatThrownBy(() -> camera.resize(641, 480)).hasMessageContaining("641x480");
    }
  }

  @Test
  void codec_whilePlaying_cutsClientsWhoThenFindTheOther() throws IOException {
    try (RtspProbe probe = Cameras.playing(camera, TCP)) {
      camera.codec(RtspCodec.H265);

      assertThatThrownBy(() -> probe.collect(Duration.ofSeconds(2)))
          .isInstanceOf(IOException.class);
    }
    try (RtspProbe probe = new RtspProbe(camera.uri())) {
      assertThat(probe.describe().body()).contains("H265/90000").doesNotContain("H264");
    }
    assertDelivers();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, -1})
  void jumpClock_byAnHour_movesWhatReportsSayAndNothingElse(int hours) throws IOException {
    try (RtspProbe probe = Cameras.playing(camera, UDP)) {
      long before = Cameras.first(probe, MOMENT.multipliedBy(5), RtspFaultsTest::video).timestamp();
      long started = System.nanoTime();

      camera.jumpClock(Duration.ofHours(hours));

      Instant told = Cameras.first(probe, Duration.ofSeconds(15), Packet::wallClock);
      Duration ahead = Duration.between(Instant.now(), told);
      assertThat(ahead.minus(Duration.ofHours(hours)).abs()).isLessThan(Duration.ofSeconds(5));
      long after = Cameras.first(probe, MOMENT.multipliedBy(5), RtspFaultsTest::video).timestamp();
      double media = (after - before) / 90_000.0;
      assertThat(media).isBetween(-1.0, (System.nanoTime() - started) / 1e9 + 1);
    }
  }

  @Test
  void settings_changedWhileKilled_holdAfterwards() throws IOException {
    camera.kill();
    camera.codec(RtspCodec.H265);
    camera.restart();

    try (RtspProbe probe = new RtspProbe(camera.uri())) {
      assertThat(probe.describe().body()).contains("H265/90000");
    }
  }

  static Optional<Packet> video(Packet packet) {
    return packet.rtcp() ? Optional.empty() : Optional.of(packet);
  }

  /** A part of a picture; neither parameters nor what marks its beginning. */
  static Optional<Packet> picture(Packet packet) {
    return video(packet).filter(found -> found.unitType() <= 5);
  }

  private void assertDelivers() throws IOException {
    try (RtspProbe probe = Cameras.playing(camera, TCP)) {
      assertThat(probe.collect(MOMENT)).isNotEmpty();
    }
  }
}
