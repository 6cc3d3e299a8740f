package io.videoml.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.videoml.ffmpeg.PacketDecoding;
import io.videoml.frame.CaptureClock;
import io.videoml.packet.EncodedFormat;
import io.videoml.packet.EncodedFormat.Packaging;
import io.videoml.packet.PacketInfo;
import io.videoml.packet.PacketReader;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.rtsp.FaultyRtspServer;
import io.videoml.testkit.rtsp.RtspCodec;
import io.videoml.testkit.rtsp.TestPattern;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a camera sent, as it was encoded. */
@Timeout(60)
class RtspPacketsTest {

  @BeforeAll
  static void needsACamera() {
    Camera.assumeAvailable();
  }

  @ParameterizedTest
  @CsvSource({"H264, TCP, h264", "H264, UDP, h264", "H265, TCP, hevc"})
  void openPackets_ofACamera_canBeDecodedFromAnyKeyFrame(
      RtspCodec codec, RtspTransport transport, String name) {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().codec(codec).audio().gop(8).start();
        FrameReader frames = decode(Camera.source(camera.uri()).transport(transport).build());
        PacketReader packets = open(camera)) {
      List<Optional<String>> wrong = new ArrayList<>();
      while (wrong.size() < 20
          && frames.tryAdvance(frame -> wrong.add(TestPattern.mismatch(frame)))) {}
      List<PacketInfo> infos = read(packets, 30);

      assertThat(wrong).allMatch(Optional::isEmpty);
      assertThat(frames.stream().codec()).isEqualTo(name);
      EncodedFormat format = packets.format();
      assertThat(format.packaging()).isEqualTo(Packaging.ANNEX_B);
      assertThat(format.width()).isEqualTo(640);
      assertThat(format.height()).isEqualTo(360);
      assertThat(infos).filteredOn(PacketInfo::keyFrame).hasSizeGreaterThan(2);
      assertThat(infos).noneMatch(PacketInfo::discontinuity);
    }
  }

  @Test
  void data_ofEachKeyFrame_beginsWithParameterSets() {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().gop(5).start();
        PacketReader packets = open(camera)) {
      List<Boolean> found = new ArrayList<>();
      while (found.size() < 3) {
        packets.tryAdvance(
            packet -> {
              byte[] bytes = new byte[packet.data().remaining()];
              packet.data().get(bytes);
              if (packet.info().keyFrame()) {
                found.add(holdsUnit(bytes, 7) && holdsUnit(bytes, 8));
              }
            });
      }

      assertThat(found).containsOnly(true);
    }
  }

  private static boolean holdsUnit(byte[] annexB, int type) {
    for (int i = 3; i < annexB.length; i++) {
      boolean start = annexB[i - 3] == 0 && annexB[i - 2] == 0 && annexB[i - 1] == 1;
      if (start && (annexB[i] & 0x1f) == type) {
        return true;
      }
    }
    return false;
  }

  @Test
  void openPackets_joinedMidGop_beginsAtAKeyFrame() {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().gop(20).joinMidGop().start();
        PacketReader packets = open(camera)) {
      assertThat(read(packets, 1).get(0).keyFrame()).isTrue();
    }
  }

  @Test
  void openPackets_ofAnotherCodec_saysWhatToSet() {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().codec(RtspCodec.MJPEG).start()) {
      SourceException failure =
          catchThrowableOfType(SourceException.class, () -> open(camera).close());

      assertThat(failure.kind()).isEqualTo(Kind.UNSUPPORTED);
      assertThat(failure).hasMessageContaining("mjpeg").hasMessageContaining("H.264");
    }
  }

  @Test
  void tryAdvance_afterASenderReport_knowsWhenItWasTaken() {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start();
        PacketReader packets = open(camera)) {
      PacketInfo info = read(packets, 1).get(0);
      long end = System.nanoTime() + Camera.LIMIT.toNanos();
      while (info.capturedFrom() != CaptureClock.RTCP_SENDER && System.nanoTime() < end) {
        info = read(packets, 1).get(0);
      }

      assertThat(info.capturedFrom()).isEqualTo(CaptureClock.RTCP_SENDER);
      Instant arrived = Instant.now().minusNanos(System.nanoTime() - info.arrivalNanos());
      assertThat(Duration.between(info.captured(), arrived).abs())
          .isLessThan(Duration.ofMillis(200));
    }
  }

  @Test
  void tryAdvance_packetsAreLost_goesOnAtKeyFramesAndSaysSo() {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().gop(5).start();
        PacketReader packets =
            Camera.source(camera.uri())
                .transport(RtspTransport.UDP)
                .build()
                .openPackets(Optional.empty())) {
      read(packets, 5);
      camera.lose(5);
      long end = System.nanoTime() + Camera.LIMIT.toNanos();
      List<PacketInfo> gaps = new ArrayList<>();
      while (gaps.size() < 2 && System.nanoTime() < end) {
        gaps.addAll(read(packets, 1).stream().filter(PacketInfo::discontinuity).toList());
      }

      assertThat(gaps).hasSize(2).allMatch(PacketInfo::keyFrame);
    }
  }

  @Test
  void tryAdvance_nobodyReadsForLong_losesWholeGroupsAndSaysSo() throws Exception {
    try (FaultyRtspServer camera =
            FaultyRtspServer.builder().size(320, 240).framesPerSecond(50).gop(5).start();
        PacketReader packets = Camera.source(camera.uri()).build().openPackets(/* mostKept= */ 8)) {
      read(packets, 10);
      long ten = packets.bytesReceived().orElseThrow();
      Camera.await("more than is kept", () -> packets.bytesReceived().orElseThrow() > 4 * ten);

      List<PacketInfo> infos = read(packets, 30);
      List<PacketInfo> gaps = infos.stream().filter(PacketInfo::discontinuity).toList();
      assertThat(gaps).isNotEmpty().allMatch(PacketInfo::keyFrame);
    }
  }

  /** Each of its pictures is a key frame, at which it could go on. */
  @Test
  void openPackets_nobodyReadsACameraOfKeyFramesOnly_keepsNoMoreThanItMay() throws Exception {
    try (FaultyRtspServer camera =
            FaultyRtspServer.builder().size(320, 240).framesPerSecond(50).gop(1).start();
        GstPacketReader packets =
            Camera.source(camera.uri()).build().openPackets(/* mostKept= */ 8)) {
      read(packets, 10);
      long ten = packets.bytesReceived().orElseThrow();
      Camera.await("more than is kept", () -> packets.bytesReceived().orElseThrow() > 4 * ten);

      assertThat(packets.kept()).isEqualTo(8);
      List<PacketInfo> infos = read(packets, 9);
      assertThat(infos.get(8).discontinuity()).isTrue();
    }
  }

  @Test
  void tryAdvance_frozenCamera_stallsAtTheReadTimeout() {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start();
        PacketReader packets = open(camera)) {
      read(packets, 3);
      camera.freeze();
      long start = System.nanoTime();
      SourceException failure =
          catchThrowableOfType(SourceException.class, () -> read(packets, 10_000));

      assertThat(failure.kind()).isEqualTo(Kind.STALLED);
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(6));
    }
  }

  @Test
  void close_frozenCamera_unblocksAndGivesBackItsThread() throws Exception {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start()) {
      PacketReader packets =
          Camera.source(camera.uri())
              .readTimeout(Duration.ofMinutes(1))
              .build()
              .openPackets(Optional.empty());
      CountDownLatch reading = new CountDownLatch(1);
      FutureTask<List<PacketInfo>> read =
          Camera.start(
              () -> {
                read(packets, 1);
                camera.freeze();
                reading.countDown();
                return read(packets, 10_000);
              });
      assertThat(reading.await(20, TimeUnit.SECONDS)).isTrue();
      long start = System.nanoTime();
      packets.close();

      SourceException failure = catchThrowableOfType(SourceException.class, () -> Camera.get(read));
      assertThat(failure.kind()).isEqualTo(Kind.CLOSED);
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(2));
      Camera.await("thread gone", () -> !packetThreads());
    }
  }

  @Test
  void tryAdvance_serverIsGone_failsSoon() {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start();
        PacketReader packets = open(camera)) {
      read(packets, 3);
      camera.kill();
      SourceException failure =
          catchThrowableOfType(SourceException.class, () -> read(packets, 10_000));

      assertThat(failure.kind()).isIn(Kind.NETWORK, Kind.STALLED);
    }
  }

  @Test
  void openPackets_nobodyThere_isRefused() {
    RtspSource nobody = Camera.source(java.net.URI.create("rtsp://127.0.0.1:1/x")).build();

    SourceException failure =
        catchThrowableOfType(
            SourceException.class, () -> nobody.openPackets(Optional.empty()).close());

    assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
  }

  private static boolean packetThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().startsWith("videoml-gstreamer-packets"));
  }

  private static PacketReader open(FaultyRtspServer camera) {
    return Camera.source(camera.uri()).build().openPackets(Optional.empty());
  }

  private static FrameReader decode(RtspSource source) {
    return PacketDecoding.defaults().open(source, Optional.empty(), DecodeDemand.ALL);
  }

  private static List<PacketInfo> read(PacketReader reader, int packets) {
    List<PacketInfo> infos = new ArrayList<>();
    while (infos.size() < packets && reader.tryAdvance(packet -> infos.add(packet.info()))) {}
    return infos;
  }
}
