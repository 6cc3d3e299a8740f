package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.frame.Frame;
import io.videoml.frame.Plane;
import io.videoml.resilience.Looks;
import io.videoml.source.FrameReader;
import io.videoml.testkit.TestClip;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a picture that stands still is told from a scene in which nothing happens. */
@Timeout(120)
class FrozenFootageTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  @TempDir Path directory;

  @Test
  void frozen_stillSceneWithNoise_isNot() {
    Path clip = SharedData.video("derived_vtest_freeze30s_noise.mp4"); // still for 30 s

    assertThat(Looks.frozen(FfmpegSource.of(clip), LIMIT)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vtest_480x360.mp4",
        "one-by-one-person-detection.mp4",
        "store_DSCF2864_1080p.mp4",
        "car-detection.mp4"
      })
  void frozen_footageOfCameras_isNot(String name) {
    assertThat(Looks.frozen(FfmpegSource.of(SharedData.video(name)), LIMIT)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "libopenh264, a.mp4, 25", // every second a key frame that is encoded anew
    "libopenh264, a.mp4, 250",
    "mpeg4, a.mp4, 12",
    "mjpeg, a.avi, 1"
  })
  void frozen_oneAndTheSamePicture_isHoweverItIsEncoded(String encoder, String name, int gop) {
    byte[] luma = realPicture();
    TestClip still =
        new TestClip(480, 360, 300, 25, gop, (frame, x, y) -> luma[y * 480 + x] & 0xff);
    Path clip = Clips.encode(still, directory.resolve(name), encoder, /* bFrames= */ 0);

    List<Duration> frozen = Looks.frozen(FfmpegSource.of(clip), LIMIT);

    assertThat(frozen).isNotEmpty();
    // openh264's rate control makes a still picture better and better for six seconds
    assertThat(frozen.get(0)).isBetween(LIMIT, LIMIT.plusMillis(6500));
  }

  private static byte[] realPicture() {
    List<byte[]> pictures = new ArrayList<>();
    try (FrameReader reader = FfmpegSource.of(SharedData.video("vtest_480x360.mp4")).open()) {
      reader.tryAdvance(frame -> pictures.add(luma(frame)));
    }
    return pictures.get(0);
  }

  private static byte[] luma(Frame frame) {
    Plane plane = frame.plane(0);
    byte[] luma = new byte[480 * 360];
    for (int y = 0; y < 360; y++) {
      plane.data().get(y * plane.rowStride(), luma, y * 480, 480);
    }
    return luma;
  }
}
