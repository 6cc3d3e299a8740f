package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.videoml.ffmpeg.RecordedPackets.Recorded;
import io.videoml.frame.CaptureClock;
import io.videoml.frame.FrameInfo;
import io.videoml.packet.EncodedFormat;
import io.videoml.packet.EncodedFormat.Packaging;
import io.videoml.packet.PacketInfo;
import io.videoml.packet.PacketReader;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.TestClips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the packets of files say of themselves. */
@Timeout(60)
class FfmpegPacketsTest {
  private static final TestClip CLIP = TestClips.movingSquare().withRate(25).withFrames(30);

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "a.mp4, libopenh264, h264, LENGTH_PREFIXED",
    "a.mkv, libopenh264, h264, LENGTH_PREFIXED",
    "a.ts, libopenh264, h264, ANNEX_B",
    "a.h264, libopenh264, h264, ANNEX_B",
    "a.mp4, mpeg4, mpeg4, NONE",
    "a.avi, mjpeg, mjpeg, NONE",
  })
  void format_ofEachContainer_saysHowItIsPackaged(
      String name, String encoder, String codec, Packaging packaging) {
    Path file = Clips.encode(CLIP, directory.resolve(name), encoder, /* bFrames= */ 0);

    List<Recorded> packets = RecordedPackets.read(file);
    EncodedFormat format = packets.get(0).info().format();

    assertThat(packets).hasSize(30);
    assertThat(format.codec()).isEqualTo(codec);
    assertThat(format.packaging()).isEqualTo(packaging);
    assertThat(format.width()).isEqualTo(CLIP.width());
    assertThat(format.height()).isEqualTo(CLIP.height());
    assertThat(packets).allMatch(packet -> packet.info().format() == format);
    assertThat(packets.get(0).info().capturedFrom()).isEqualTo(CaptureClock.PTS_ANCHORED);
  }

  @Test
  void tryAdvance_containerWithoutTimestamps_derivesThem() {
    Path file = Clips.encode(CLIP, directory.resolve("a.h264"), "libopenh264", /* bFrames= */ 0);

    List<Recorded> packets = RecordedPackets.read(file);

    assertThat(packets)
        .extracting(packet -> packet.info().ptsNanos())
        .isEqualTo(LongStream.range(0, 30).mapToObj(index -> index * 40_000_000).toList());
    assertThat(packets).allMatch(packet -> packet.info().dtsNanos() == packet.info().ptsNanos());
  }

  @Test
  void openPackets_reorderedWithoutTimestamps_saysWhatToDo() {
    FfmpegSource source = FfmpegSource.of(SharedData.video("cars_768x768.h264"));
    int live = NativeCount.live();

    SourceException failure =
        catchThrowableOfType(
            SourceException.class, () -> source.openPackets(Optional.empty()).close());

    assertThat(failure.kind()).isEqualTo(Kind.UNSUPPORTED);
    assertThat(failure).hasMessageContaining("put it into a container with timestamps");
    assertThat(NativeCount.live()).isEqualTo(live);
  }

  @Test
  void tryAdvance_reordered_isDecodedBeforeItIsShown() {
    Path file = Clips.encode(CLIP, directory.resolve("a.mp4"), "mpeg4", /* bFrames= */ 2);

    List<PacketInfo> infos = RecordedPackets.read(file).stream().map(Recorded::info).toList();

    assertThat(infos)
        .extracting(PacketInfo::ptsNanos)
        .isNotEqualTo(infos.stream().map(PacketInfo::ptsNanos).sorted().toList());
    assertThat(infos).anyMatch(info -> info.dtsNanos() < info.ptsNanos());
    assertThat(infos.get(0).ptsNanos()).isZero();
  }

  /** A cut MP4 begins with pictures that its edit list hides: decoders leave them out. */
  @Test
  void openPackets_ofAFileWithAnEditList_givesTheFramesThatOpenGives() throws Exception {
    Path file =
        Clips.encode(
            TestClips.movingSquare(), directory.resolve("a.mp4"), "libopenh264", /* bFrames= */ 0);
    Path cut = directory.resolve("cut.mp4");
    Program.run(
        "ffmpeg",
        "-v",
        "error",
        "-ss",
        "0.25",
        "-i",
        file.toString(),
        "-c",
        "copy",
        cut.toString());
    FfmpegSource source = FfmpegSource.of(cut);
    List<FrameInfo> direct = frames(source.open(Optional.empty(), DecodeDemand.ALL));

    List<FrameInfo> decoded =
        frames(PacketDecoding.defaults().open(source, Optional.empty(), DecodeDemand.ALL));
    List<PacketInfo> infos = RecordedPackets.read(cut).stream().map(Recorded::info).toList();

    assertThat(decoded)
        .extracting(frame -> frame.time().pts())
        .isEqualTo(direct.stream().map(frame -> frame.time().pts()).toList());
    assertThat(infos).hasSizeGreaterThan(direct.size());
    assertThat(infos.get(0).decodeOnly()).isTrue();
    assertThat(infos)
        .filteredOn(info -> !info.decodeOnly())
        .extracting(info -> Duration.ofNanos(info.ptsNanos()))
        .isEqualTo(direct.stream().map(frame -> frame.time().pts()).toList());
  }

  private static List<FrameInfo> frames(FrameReader opened) {
    try (FrameReader reader = opened) {
      return ScriptedPackets.readAll(reader);
    }
  }

  @Test
  void tryAdvance_fileIsCutOff_saysSoAfterWhatIsWhole() throws IOException {
    Path whole =
        Clips.encode(
            TestClips.noise(),
            directory.resolve("a.mp4"),
            "mpeg4",
            /* bFrames= */ 2,
            "movflags=faststart");
    byte[] bytes = Files.readAllBytes(whole);
    Path cut =
        Files.write(directory.resolve("cut.mp4"), Arrays.copyOf(bytes, bytes.length * 2 / 3));
    List<FrameInfo> frames = new ArrayList<>();
    SourceException failure;
    try (FrameReader reader =
        PacketDecoding.defaults().open(FfmpegSource.of(cut), Optional.empty(), DecodeDemand.ALL)) {
      failure =
          catchThrowableOfType(
              SourceException.class,
              () -> {
                while (reader.tryAdvance(frame -> frames.add(frame.info()))) {}
              });
    }

    assertThat(failure.kind()).isEqualTo(Kind.CORRUPT);
    assertThat(failure).hasMessageContaining("is cut off");
    assertThat(frames).hasSizeBetween(20, 59);
  }

  @Test
  void tryAdvance_atRealTime_comesAsACameraWouldSendIt() {
    Path file = Clips.encode(CLIP, directory.resolve("a.mp4"), "libopenh264", /* bFrames= */ 0);
    FfmpegSource source = FfmpegSource.builder(file).realTime().build();
    List<PacketInfo> infos = new ArrayList<>();
    try (PacketReader reader = source.openPackets(Optional.empty())) {
      while (reader.tryAdvance(packet -> infos.add(packet.info()))) {}
    }

    long took = infos.get(29).arrivalNanos() - infos.get(0).arrivalNanos();
    assertThat(Duration.ofNanos(took)).isBetween(Duration.ofMillis(1100), Duration.ofSeconds(5));
    assertThat(infos.get(29).capturedFrom()).isEqualTo(CaptureClock.ARRIVAL);
  }

  @Test
  void close_fiftyTimes_leavesNothing() {
    Path file = Clips.encode(CLIP, directory.resolve("a.mp4"), "libopenh264", /* bFrames= */ 0);
    int live = NativeCount.live();
    for (int i = 0; i < 50; i++) {
      try (PacketReader reader = FfmpegSource.of(file).openPackets(Optional.empty())) {
        reader.tryAdvance(packet -> {});
      }
    }

    assertThat(NativeCount.live()).isEqualTo(live);
  }
}
