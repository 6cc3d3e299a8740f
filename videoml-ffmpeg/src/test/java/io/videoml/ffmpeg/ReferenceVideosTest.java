package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.Plane;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every video of the shared data against what ffprobe and ffmpeg say of it. */
class ReferenceVideosTest {
  /**
   * Whose planes are not the decoder's: turned, 10-bit, 4:2:2, 4:4:4; one damaged, concealed
   * otherwise.
   */
  private static final Set<String> OTHER_PIXELS =
      Set.of(
          "rotate_video_90.mov",
          "h264_10bits.mp4",
          "store_DSCF2864_1080p.mp4",
          "var_fps_video.mp4",
          "corrupted.mp4");

  @TestFactory
  Stream<DynamicTest> frames_ofEachVideo_haveTheReferencesTimesFlagsAndPixels() {
    return each(
        video -> {
          List<SharedData.Row> rows = rows(video);
          MessageDigest digest = md5();
          List<FrameInfo> frames =
              read(video, DecodeDemand.ALL, frame -> digestPixels(frame, digest));

          assertThat(frames).hasSameSizeAs(rows);
          for (int i = 0; i < rows.size(); i++) {
            assertThat(frames.get(i).index()).isEqualTo(i);
            assertSame(frames.get(i), rows.get(i));
          }
          if (!OTHER_PIXELS.contains(video.getFileName().toString())) {
            String facts =
                Files.readString(SharedData.root().resolve("reference/video_facts.json"));
            assertThat(facts).contains("MD5=" + HexFormat.of().formatHex(digest.digest()));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> keyFrames_ofEachVideo_haveTheirTruePositions() {
    return each(
        video -> {
          List<SharedData.Row> rows = rows(video);
          List<Long> expected =
              IntStream.range(0, rows.size())
                  .filter(i -> rows.get(i).keyFrame())
                  .mapToObj(Long::valueOf)
                  .toList();

          List<FrameInfo> frames = read(video, DecodeDemand.KEY_FRAMES, frame -> {});

          assertThat(frames).extracting(FrameInfo::index).isEqualTo(expected);
          frames.forEach(frame -> assertSame(frame, rows.get((int) frame.index())));
          assertThat(KeyFrames.list(FfmpegSource.of(video)))
              .extracting(KeyFrame::index)
              .isEqualTo(expected);
        });
  }

  @TestFactory
  Stream<DynamicTest> open_inTheMiddleOfAVideo_goesOnWithTheSameFrames() {
    return each(
        List.of(
            "derived_cars_opengop.mp4",
            "derived_one-by-one_first20s.ts",
            "bodypose_720p_hevc.mp4",
            "big_buck_bunny_0_30_vp8.webm",
            "cars_768x768.h264",
            "street_people_720p50.avi",
            "var_fps_video.mp4"),
        video -> {
          FfmpegSource source = FfmpegSource.of(video);
          List<Frame> all = new ArrayList<>();
          try (FrameReader reader = source.open()) {
            while (reader.tryAdvance(all::add)) {}
          }
          Frame last = all.get(all.size() * 2 / 3);
          List<FrameInfo> rest = new ArrayList<>();
          try (FrameReader reader = source.open(last.position(), DecodeDemand.ALL)) {
            while (reader.tryAdvance(frame -> rest.add(frame.info()))) {}
          }

          assertThat(rest).hasSize(all.size() - 1 - (int) last.info().index());
          for (FrameInfo frame : rest) {
            FrameInfo same = all.get((int) frame.index()).info();
            assertThat(frame.time().pts()).isEqualTo(same.time().pts());
            assertThat(frame.keyFrame()).isEqualTo(same.keyFrame());
          }
        });
  }

  private static void assertSame(FrameInfo frame, SharedData.Row row) {
    assertThat(frame.keyFrame()).as("key frame %d", frame.index()).isEqualTo(row.keyFrame());
    if (row.timed()) { // ffprobe prints microseconds
      assertThat(frame.time().pts())
          .as("time of frame %d", frame.index())
          .isCloseTo(row.pts(), Duration.ofNanos(2000));
    } else {
      assertThat(frame.time().pts()).isEqualTo(Duration.ofMillis(40 * frame.index()));
    }
  }

  private static List<FrameInfo> read(Path video, DecodeDemand demand, Consumer<Frame> each) {
    List<FrameInfo> frames = new ArrayList<>();
    try (FrameReader reader = FfmpegSource.of(video).open(Optional.empty(), demand)) {
      boolean more = true;
      while (more) {
        more =
            reader.tryAdvance(
                frame -> {
                  each.accept(frame);
                  frames.add(frame.info());
                });
      }
    }
    return frames;
  }

  private static void digestPixels(Frame frame, MessageDigest digest) {
    for (int i = 0; i < frame.info().format().planes(); i++) {
      Plane plane = frame.plane(i);
      for (int y = 0; y < plane.rows(); y++) {
        digest.update(plane.data().slice(y * plane.rowStride(), plane.rowBytes()));
      }
    }
  }

  private static MessageDigest md5() throws NoSuchAlgorithmException {
    return MessageDigest.getInstance("MD5");
  }

  private static List<SharedData.Row> rows(Path video) throws IOException {
    return SharedData.rows(video);
  }

  private interface Check {
    void of(Path video) throws Exception;
  }

  private static Stream<DynamicTest> each(Check check) {
    return each(SharedData.videos().stream().map(v -> v.getFileName().toString()).toList(), check);
  }

  private static Stream<DynamicTest> each(List<String> names, Check check) {
    return names.stream()
        .map(SharedData::video)
        .map(
            video ->
                DynamicTest.dynamicTest(
                    String.valueOf(video.getFileName()), () -> check.of(video)));
  }
}
