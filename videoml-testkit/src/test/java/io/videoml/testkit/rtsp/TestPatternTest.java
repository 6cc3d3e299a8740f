package io.videoml.testkit.rtsp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import io.videoml.frame.OwnedFrame;
import io.videoml.frame.PixelFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TestPatternTest {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;

  @ParameterizedTest
  @CsvSource({
    "H264, yuv420p, I420",
    "H264, bgr24, BGR24",
    "H265, nv12, NV12",
    "H265, rgb24, RGB24",
    "MJPEG, yuvj420p, I420",
  })
  void matches_decodedByFfmpeg_isTrueOfEveryFrameAndNoTwoAreAlike(
      RtspCodec codec, String pixels, PixelFormat format, @TempDir Path directory)
      throws Exception {
    List<OwnedFrame> frames =
        decoded(FaultyRtspServer.builder().codec(codec), pixels, format, directory);

    assertThat(frames).hasSize(5);
    for (Frame frame : frames) {
      assertThat(TestPattern.mismatch(frame)).isEmpty();
    }
    assertThat(frames.stream().map(frame -> frame.plane(0).data()).distinct()).hasSize(5);
  }

  @Test
  void matches_joinedMidGop_isFalseUntilTheKeyFrame(@TempDir Path directory) throws Exception {
    List<OwnedFrame> frames =
        decoded(
            FaultyRtspServer.builder().gop(250).joinMidGop(),
            "yuv420p",
            PixelFormat.I420,
            directory,
            "-flags",
            "+output_corrupt",
            "-flags2",
            "+showall");

    assertThat(frames).hasSize(5);
    assertThat(frames).noneMatch(TestPattern::matches);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 128, 145, 235})
  void mismatch_flatPicture_namesWhereAndWhat(int luma) {
    byte[] flat = new byte[WIDTH * HEIGHT];
    Arrays.fill(flat, (byte) luma);

    OwnedFrame frame = frame(PixelFormat.GRAY8, flat);

    assertThat(TestPattern.matches(frame)).isFalse();
    assertThat(TestPattern.mismatch(frame).orElseThrow())
        .contains("320x240")
        .contains("luma " + luma);
  }

  private static List<OwnedFrame> decoded(
      FaultyRtspServerBuilder builder,
      String pixels,
      PixelFormat format,
      Path directory,
      String... options)
      throws IOException, InterruptedException {
    Cameras.assumeAvailable();
    assumeTrue(hasFfmpeg(), "the command ffmpeg is missing; on Debian: apt-get install ffmpeg");
    Path raw = directory.resolve("frames.raw");
    try (FaultyRtspServer camera = builder.size(WIDTH, HEIGHT).start()) {
      List<String> command = new java.util.ArrayList<>(List.of("ffmpeg", "-v", "error"));
      command.addAll(List.of("-nostdin", "-analyzeduration", "100000", "-rtsp_transport", "tcp"));
      command.addAll(List.of(options));
      command.addAll(List.of("-i", camera.uri().toString(), "-frames:v", "5", "-f", "rawvideo"));
      command.addAll(List.of("-pix_fmt", pixels, raw.toString()));
      Process ffmpeg =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("log").toFile())
              .start();
      try {
        assertThat(ffmpeg.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(ffmpeg.exitValue())
            .as(Files.readString(directory.resolve("log"), UTF_8))
            .isZero();
      } finally {
        ffmpeg.destroyForcibly();
      }
    }
    byte[] bytes = Files.readAllBytes(raw);
    int size = 0;
    for (int plane = 0; plane < format.planes(); plane++) {
      size += format.rowBytes(plane, WIDTH) * format.rows(plane, HEIGHT);
    }
    List<OwnedFrame> frames = new java.util.ArrayList<>();
    for (int at = 0; at + size <= bytes.length; at += size) {
      frames.add(frame(format, Arrays.copyOfRange(bytes, at, at + size)));
    }
    return frames;
  }

  private static OwnedFrame frame(PixelFormat format, byte[] pixels) {
    return Frame.of(
        FrameInfo.of(0, WIDTH, HEIGHT, format, FrameTime.arrivingNow(Duration.ZERO)), pixels);
  }

  private static boolean hasFfmpeg() {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "ffmpeg")));
  }
}
