package io.videoml.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.frame.ColorSpace;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.PixelFormat;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.TestClips;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GStreamerSourceTest {
  private static final TestClip CLIP = TestClips.movingSquare();

  @TempDir static Path directory;
  private static Path file;

  @BeforeAll
  static void encode() throws Exception {
    Gstreamer.assumeElements("x264enc", "h264parse", "mp4mux", "avdec_h264", "videotestsrc");
    file =
        Gstreamer.encode(
            CLIP, directory.resolve("clip.mp4"), Gstreamer.h264(CLIP, 0) + " ! mp4mux");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "qtdemux ! h264parse",
        "qtdemux ! h264parse ! avdec_h264",
        "qtdemux ! avdec_h264 max-threads=2 ! videoconvert ! video/x-raw,format=I420",
        "parsebin",
        "decodebin",
      })
  void open_anyEnding_tellsKeyFramesAndLeavesOutTheRest(String ending) {
    GStreamerSource source = GStreamerSource.of("filesrc location=" + file + " ! " + ending);
    try (FrameReader reader = source.open(Optional.empty(), DecodeDemand.KEY_FRAMES)) {
      List<FrameInfo> frames = Camera.read(reader, 100);

      assertThat(frames).extracting(FrameInfo::index).containsExactly(0L, 12L, 24L, 36L, 48L);
      assertThat(reader.notDemanded()).isEqualTo(55);
      assertThat(reader.stream().codec()).isEqualTo("h264");
      assertThat(reader.stream().decoder()).isNotEqualTo("raw");
      assertThat(reader.bytesReceived().orElseThrow()).isGreaterThan(500);
    }
  }

  @Test
  void open_decoderInside_deliversAllWithoutKeyFrames() {
    GStreamerSource source = GStreamerSource.of("uridecodebin uri=" + file.toUri());
    try (FrameReader reader = source.open()) {
      List<FrameInfo> frames = Camera.read(reader, 100);

      assertThat(frames).hasSize(60).noneMatch(FrameInfo::keyFrame).noneMatch(FrameInfo::corrupt);
      assertThat(reader.stream().codec()).isEqualTo("h264");
      assertThat(reader.stream().decoder()).isEqualTo("avdec_h264");
    }
    assertThatThrownBy(
            () -> {
              try (FrameReader reader = source.open(Optional.empty(), DecodeDemand.KEY_FRAMES)) {
                reader.tryAdvance(frame -> {});
              }
            })
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION))
        .hasMessageContaining("parsebin");
  }

  @ParameterizedTest
  @CsvSource({
    "I420, I420",
    "NV12, NV12",
    "GRAY8, GRAY8",
    "BGR, BGR24",
    "RGB, RGB24",
  })
  void open_rawPictures_appearAsTheyAre(String format, PixelFormat expected) {
    GStreamerSource source =
        GStreamerSource.of(
            "videotestsrc num-buffers=3 ! video/x-raw,width=638,height=359,framerate=10/1,format="
                + format);
    try (FrameReader reader = source.open()) {
      List<FrameInfo> frames = Camera.read(reader, 100);

      assertThat(frames).hasSize(3).allMatch(FrameInfo::keyFrame);
      assertThat(frames.get(2).format()).isEqualTo(expected);
      assertThat(frames.get(2).width()).isEqualTo(638);
      assertThat(frames.get(2).height()).isEqualTo(359);
      assertThat(frames.get(2).time().pts().toMillis()).isEqualTo(200);
      assertThat(reader.stream().codec()).isEqualTo("raw");
      assertThat(reader.stream().frameRate()).hasValue(10);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bt601, BT601, LIMITED",
    "bt709, BT709, LIMITED",
    "1:3:5:1, BT709, FULL",
    "1:4:0:0, BT601, FULL",
    "2:6:13:7, BT2020, LIMITED",
  })
  void open_colorimetry_comesFromTheStream(
      String colorimetry, ColorSpace.Matrix matrix, ColorSpace.Range range) {
    GStreamerSource source =
        GStreamerSource.of(
            "videotestsrc num-buffers=1 ! video/x-raw,format=I420,width=64,height=48,colorimetry=("
                + "string)"
                + colorimetry);
    try (FrameReader reader = source.open()) {
      assertThat(Camera.read(reader, 1).get(0).colorSpace())
          .isEqualTo(new ColorSpace(matrix, range));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Y42B", "Y444", "BGRx", "YUY2", "I420_10LE"})
  void open_otherFormat_isConvertedToOneWithLuma(String format) {
    GStreamerSource source =
        GStreamerSource.of(
            "videotestsrc num-buffers=1 ! video/x-raw,width=64,height=48,format=" + format);
    try (FrameReader reader = source.open()) {
      assertThat(Camera.read(reader, 1).get(0).format().hasLumaPlane()).isTrue();
    }
  }

  @Test
  void open_liveSource_losesWhatIsNotTakenAndStaysInOrder() throws InterruptedException {
    GStreamerSource source =
        GStreamerSource.builder(
                "videotestsrc is-live=true num-buffers=100 ! video/x-raw,width=64,height=48,"
                    + "framerate=100/1")
            .live()
            .build();
    try (FrameReader reader = source.open()) {
      long before = Camera.read(reader, 1).get(0).index();
      Camera.await("thirty frames", () -> reader.bytesReceived().orElseThrow() > 30 * 4608);
      List<FrameInfo> rest = Camera.read(reader, 1000);

      assertThat(rest.get(0).index()).isGreaterThan(before);
      assertThat(rest).extracting(FrameInfo::index).isSorted().doesNotHaveDuplicates();
      assertThat(rest.get(rest.size() - 1).index()).isEqualTo(99);
      assertThat(rest).hasSizeLessThan(99);
    }
    assertThat(source.live()).isTrue();
    assertThat(source.endless()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no-such-element-x ! h264parse | UNSUPPORTED | no-such-element-x",
        "videotestsrc no-such-property=1 | CONFIGURATION | no-such-property",
        "videotestsrc ! ! | CONFIGURATION | launch description",
        "filesrc location=/no/such/file.mp4 ! parsebin | NOT_FOUND | check the address or path",
        "videotestsrc num-buffers=0 | CORRUPT | before its first picture",
        "audiotestsrc num-buffers=2 | CORRUPT | ",
      })
  void open_whatCannotBe_saysWhy(String description, Kind kind, String part) {
    SourceException failure = Camera.failure(GStreamerSource.of(description));

    assertThat(failure.kind()).as(failure.toString()).isIn(kind, Kind.CONFIGURATION);
    if (part != null) {
      assertThat(failure).hasMessageContaining(part);
    }
  }

  @Test
  void open_brokenFile_isCorruptOrUnsupported() throws Exception {
    Path broken = directory.resolve("broken.mp4");
    java.nio.file.Files.write(broken, new byte[10_000]);
    SourceException failure =
        Camera.failure(GStreamerSource.of("filesrc location=" + broken + " ! parsebin"));

    assertThat(failure.kind()).isIn(Kind.CORRUPT, Kind.UNSUPPORTED);
  }

  @Test
  void tryAdvance_decoderFails_deliversWhatCameAndThenSaysSo() {
    GStreamerSource source =
        GStreamerSource.of(
            "filesrc location="
                + file
                + " ! qtdemux ! h264parse ! avdec_h264 ! identity error-after=10");
    List<FrameInfo> frames = new java.util.ArrayList<>();
    try (FrameReader reader = source.open()) {
      assertThatThrownBy(
              () -> {
                while (reader.tryAdvance(frame -> frames.add(frame.info()))) {}
              })
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT));
    }
    assertThat(frames).hasSizeBetween(1, 10);
  }

  @Test
  void source_withSecrets_showsThemNowhere() {
    GStreamerSource source =
        GStreamerSource.of(
            "rtspsrc location=\"rtsp://jo:s3cret-word@127.0.0.1:1/x\" user-pw=s3cret-two"
                + " no-such-secret=s3cret-three ! parsebin");
    SourceException failure = Camera.failure(source);

    assertThat(failure.toString() + source + source.id()).doesNotContain("s3cret");
  }

  @Test
  void builder_blank_throws() {
    assertThatIllegalArgumentException().isThrownBy(() -> GStreamerSource.of(" "));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GStreamerSource.builder("videotestsrc").id(" "));
  }
}
