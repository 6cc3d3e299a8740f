package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.videoml.frame.CaptureClock;
import io.videoml.frame.FrameInfo;
import io.videoml.packet.EncodedFormat;
import io.videoml.packet.PacketInfo;
import io.videoml.packet.PacketReader;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.TestClips;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RtspTest {
  @TempDir static Path directory;
  private static Path h264;

  @BeforeAll
  static void encode() {
    h264 = Clips.encode(TestClips.noise(), directory.resolve("a.h264"), "libopenh264", 0);
  }

  @Test
  void read_camera_deliversFramesInOrderAndTakesLeave() throws IOException {
    try (RtspServer camera = new RtspServer(h264, "", "")) {
      List<FrameInfo> frames = new ArrayList<>();
      try (FrameReader reader = FfmpegSource.of(camera.url("")).open()) {
        while (frames.size() < 100) {
          reader.tryAdvance(frame -> frames.add(frame.info()));
        }
      }

      assertThat(frames).extracting(frame -> frame.time().pts()).isSorted();
      assertThat(frames.subList(30, 100)).noneMatch(FrameInfo::corrupt);
      assertThat(frames.get(99).time().pts().minus(frames.get(50).time().pts()))
          .isEqualTo(Duration.ofMillis(49 * 40));
      for (int i = 0; i < 50 && !camera.requests().contains("TEARDOWN"); i++) {
        LockSupport.parkNanos(20_000_000);
      }
      assertThat(camera.requests()).endsWith("TEARDOWN");
    }
  }

  @Test
  void openPackets_ofACamera_canBeDecodedAndSayWhatTheDescriptionDid() throws IOException {
    try (RtspServer camera = new RtspServer(h264, "", "")) {
      FfmpegSource source = FfmpegSource.of(camera.url(""));
      List<FrameInfo> frames = new ArrayList<>();
      try (FrameReader reader =
          PacketDecoding.defaults().open(source, Optional.empty(), DecodeDemand.ALL)) {
        while (frames.size() < 50) {
          reader.tryAdvance(frame -> frames.add(frame.info()));
        }
      }
      List<PacketInfo> packets = new ArrayList<>();
      try (PacketReader reader = source.openPackets(Optional.empty())) {
        while (packets.size() < 50) {
          reader.tryAdvance(packet -> packets.add(packet.info()));
        }
      }

      assertThat(frames).noneMatch(FrameInfo::corrupt);
      assertThat(frames.get(0).time().capturedFrom()).isEqualTo(CaptureClock.ARRIVAL);
      EncodedFormat format = packets.get(0).format();
      assertThat(format.packaging()).isEqualTo(EncodedFormat.Packaging.ANNEX_B);
      assertThat(format.privateData().remaining()).isPositive();
      assertThat(packets.get(0).keyFrame()).isTrue();
      assertThat(packets).allMatch(info -> info.dtsNanos() == info.ptsNanos());
    }
  }

  @Test
  void read_cameraKeyFrames_areAll() throws IOException {
    try (RtspServer camera = new RtspServer(h264, "", "");
        FrameReader reader =
            FfmpegSource.of(camera.url("")).open(Optional.empty(), DecodeDemand.KEY_FRAMES)) {
      List<FrameInfo> frames = new ArrayList<>();
      while (frames.size() < 6) {
        reader.tryAdvance(frame -> frames.add(frame.info()));
      }

      assertThat(frames).allMatch(FrameInfo::keyFrame);
    }
  }

  @Test
  void open_credentials_areCheckedAndNeverShown() throws IOException {
    try (RtspServer camera = new RtspServer(h264, "", "jo:s3cret")) {
      SourceException none = failure(FfmpegSource.of(camera.url("")));
      SourceException wrong = failure(FfmpegSource.of(camera.url("jo:wr0ng")));

      assertThat(none.kind()).isEqualTo(Kind.AUTHENTICATION);
      assertThat(wrong.kind()).isEqualTo(Kind.AUTHENTICATION);
      assertThat(wrong).hasMessageNotContaining("wr0ng");
      try (FrameReader reader = FfmpegSource.of(camera.url("jo:s3cret")).open()) {
        assertThat(reader.tryAdvance(frame -> {})).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPTIONS", "DESCRIBE", "SETUP", "PLAY", "RTP"})
  void open_cameraThatFallsSilent_stallsNamingTheTimeout(String silentFrom) throws IOException {
    try (RtspServer camera = new RtspServer(h264, silentFrom, "")) {
      int live = NativeCount.live();
      long start = System.nanoTime();
      SourceException failure =
          failure(
              FfmpegSource.builder(camera.url(""))
                  .connectTimeout(Duration.ofMillis(900))
                  .readTimeout(Duration.ofMillis(700))
                  .build());

      assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(Kind.STALLED);
      assertThat(failure).hasMessageContaining("700 ms").hasMessageContaining("read timeout");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
      assertThat(NativeCount.live()).isEqualTo(live);
    }
  }

  private static SourceException failure(FfmpegSource source) {
    return catchThrowableOfType(SourceException.class, () -> source.open().close());
  }
}
