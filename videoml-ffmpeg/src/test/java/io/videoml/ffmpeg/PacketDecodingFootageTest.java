package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.Plane;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoding the packets of real footage gives what decoding the file gives. */
@Timeout(60)
class PacketDecodingFootageTest {
  private static final int FRAMES = 40;

  /** What counts of a frame. */
  record Seen(long index, Duration pts, boolean keyFrame, boolean corrupt, long pixels) {
    static Seen of(Frame frame, boolean withPixels) {
      FrameInfo info = frame.info();
      return new Seen(
          info.index(),
          info.time().pts(),
          info.keyFrame(),
          info.corrupt(),
          withPixels ? pixels(frame) : 0);
    }

    private static long pixels(Frame frame) {
      CRC32 sum = new CRC32();
      for (int i = 0; i < frame.info().format().planes(); i++) {
        Plane plane = frame.plane(i);
        ByteBuffer data = plane.data();
        for (int row = 0; row < plane.rows(); row++) {
          sum.update(data.slice(row * plane.rowStride(), plane.rowBytes()));
        }
      }
      return sum.getValue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "asl_book_face.mkv",
        "big_buck_bunny_0_30_vp8.webm",
        "bodypose_720p_hevc.mp4",
        "corrupted.mp4",
        "derived_cars_opengop.mp4",
        "derived_one-by-one_first20s.ts",
        "h264_10bits.mp4",
        "store_DSCF2864_1080p.mp4",
        "var_fps_video.mp4",
        "vtest_480x360.mp4"
      })
  void open_packetsOfAFile_givesTheFramesOfTheFile(String name) {
    Path video = SharedData.video(name);

    List<Seen> decoded = read(RecordedPackets.of(video), DecodeDemand.ALL, /* withPixels= */ true);

    assertThat(decoded)
        .isEqualTo(read(FfmpegSource.of(video), DecodeDemand.ALL, /* withPixels= */ true))
        .isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "bodypose_720p_hevc.mp4, KEY_FRAMES",
    "derived_cars_opengop.mp4, KEY_FRAMES",
    "derived_cars_opengop.mp4, REFERENCE_FRAMES",
    "derived_vtest_freeze30s_noise.mp4, MOVING",
    "vtest_480x360.mp4, KEY_FRAMES",
  })
  void open_lessThanAllDemanded_givesTheFramesOfTheFile(String name, DecodeDemand demand) {
    Path video = SharedData.video(name);

    List<Seen> decoded = read(RecordedPackets.of(video), demand, /* withPixels= */ false);

    assertThat(decoded)
        .isEqualTo(read(FfmpegSource.of(video), demand, /* withPixels= */ false))
        .isNotEmpty();
  }

  static List<Seen> read(FrameSource source, DecodeDemand demand, boolean withPixels) {
    List<Seen> frames = new ArrayList<>();
    try (FrameReader reader = source.open(Optional.empty(), demand)) {
      boolean more = true;
      while (more && frames.size() < FRAMES) {
        more = reader.tryAdvance(frame -> frames.add(Seen.of(frame, withPixels)));
      }
    }
    return frames;
  }
}
