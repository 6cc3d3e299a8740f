package io.videoml.ffmpeg;

import static io.videoml.ffmpeg.MostlyStill.BRIEF;
import static io.videoml.ffmpeg.MostlyStill.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.ffmpeg.MostlyStill.Reading;
import io.videoml.frame.FrameInfo;
import io.videoml.source.DecodeDemand;
import io.videoml.source.SleepStatus;
import io.videoml.source.SleepStatus.State;
import io.videoml.testkit.TestClip;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that do not let a reader sleep, or make it hard. */
class SleepObstaclesTest {
  private static final TestClip STILL = MostlyStill.clip(200, 0, 0);

  @TempDir Path directory;

  @Test
  void status_everyFrameIsAKeyFrame_saysSo() {
    Path file = Clips.encode(STILL, directory.resolve("a.mkv"), "mjpeg", 0);

    assertUnable(file, BRIEF, "each of its frames is a key frame");

    SleepSettings sparse =
        SleepSettings.builder().stayAwake(BRIEF.stayAwake()).everyNthKeyFrame(10).build();
    Reading some = read(source(file, sparse), DecodeDemand.MOVING);
    assertThat(last(some).state()).isEqualTo(State.ASLEEP);
    assertThat(some.frames()).hasSizeLessThan(50);
    assertThat(some.frames().size() + some.notDemanded()).isEqualTo(200);
  }

  @Test
  void status_noTimestamps_saysSo() {
    Path file = Clips.encode(STILL, directory.resolve("a.h264"), "libopenh264", 0);

    assertUnable(file, BRIEF, "it has packets without timestamps");
  }

  @Test
  void status_keyFramesFarBetween_saysSo() {
    Path file = Clips.encode(STILL, directory.resolve("a.mp4"), "libopenh264", 0);
    SleepSettings hasty =
        SleepSettings.builder()
            .stayAwake(BRIEF.stayAwake())
            .longestGroup(Duration.ofMillis(300))
            .build();

    assertUnable(file, hasty, "it has no key frame within 300 ms");
  }

  @Test
  void status_groupsLargerThanTheMemory_saysSo() {
    Path file = Clips.encode(STILL, directory.resolve("a.mp4"), "libopenh264", 0);
    SleepSettings small =
        SleepSettings.builder().stayAwake(BRIEF.stayAwake()).maxBytes(900).build();

    assertUnable(file, small, "its groups of pictures take more than 900 bytes");
  }

  @Test
  void status_intraRefresh_staysAwake() {
    Path file = directory.resolve("a.ts");
    Program.run(
        "ffmpeg",
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        "color=gray:size=160x120:rate=25:duration=8",
        "-threads",
        "1",
        "-c:v",
        "libx264",
        "-x264-params",
        "intra-refresh=1:keyint=25",
        file.toString());

    Reading some = read(source(file, BRIEF), DecodeDemand.MOVING);

    assertThat(some.frames()).hasSize(200).noneMatch(FrameInfo::corrupt);
    assertThat(last(some).state()).isNotEqualTo(State.ASLEEP);
  }

  @ParameterizedTest
  @ValueSource(ints = {800, 1500, 2000, 2500, 3000, 4000, 5000, 6000, 1_000_000})
  void hold_anyMemory_neverTakesMoreAndLosesNothing(int bytes) {
    Path file =
        Clips.encode(MostlyStill.clip(300, 150, 180), directory.resolve("a.mp4"), "libopenh264", 0);
    HeldPackets.MOST_BYTES.set(0);

    Reading some =
        read(
            source(
                file, SleepSettings.builder().stayAwake(BRIEF.stayAwake()).maxBytes(bytes).build()),
            DecodeDemand.MOVING);

    assertThat(HeldPackets.MOST_BYTES.get()).isLessThanOrEqualTo(bytes);
    assertThat(some.holds(144, 180)).isTrue();
    assertThat(some.indices()).isSorted().doesNotHaveDuplicates();
    assertThat(some.frames().size() + some.notDemanded()).isEqualTo(300);
  }

  @Test
  void read_keyFrameDamagedWhileNothingMoves_sleepsOn() throws IOException {
    Path file = Clips.encode(STILL, directory.resolve("a.mp4"), "libopenh264", 0);
    damage(file, 132);

    Reading all = read(source(file, BRIEF), DecodeDemand.ALL);
    Reading some = read(source(file, BRIEF), DecodeDemand.MOVING);

    assertThat(all.frames().get(132).corrupt()).isTrue();
    assertThat(some.indices()).contains(120L, 144L).doesNotContain(131L, 132L, 133L);
    assertThat(some.states().get(some.indices().indexOf(144L)).state()).isEqualTo(State.ASLEEP);
    assertThat(some.frames().size() + some.notDemanded()).isEqualTo(200);
  }

  @Test
  void read_keyFrameDamagedWhileSomethingMoves_deliversAllSinceTheLastWholeOne()
      throws IOException {
    Path file =
        Clips.encode(MostlyStill.clip(200, 125, 150), directory.resolve("a.mp4"), "libopenh264", 0);
    damage(file, 132);

    Reading all = read(source(file, BRIEF), DecodeDemand.ALL);
    Reading some = read(source(file, BRIEF), DecodeDemand.MOVING);

    assertThat(some.holds(120, 150)).isTrue();
    for (FrameInfo frame : some.frames()) {
      assertThat(frame.corrupt()).isEqualTo(all.frames().get((int) frame.index()).corrupt());
    }
  }

  @Test
  void read_clockAndSizeChangeWhileAsleep_goesOn() throws IOException {
    Path first = Clips.encode(STILL, directory.resolve("a.ts"), "libopenh264", 0);
    TestClip small = MostlyStill.clip(200, 0, 0).withSize(128, 96);
    Path other = Clips.encode(small, directory.resolve("b.ts"), "libopenh264", 0);
    for (Path next : List.of(first, other)) {
      Path both = directory.resolve("both.ts");
      Files.write(both, Files.readAllBytes(first));
      Files.write(both, Files.readAllBytes(next), StandardOpenOption.APPEND);

      Reading some = read(source(both, BRIEF), DecodeDemand.MOVING);

      int width = next.equals(first) ? 160 : 128;
      int lastKeyFrame =
          IntStream.range(0, some.frames().size())
              .filter(i -> some.frames().get(i).keyFrame())
              .max()
              .orElseThrow();
      assertThat(some.frames().get(lastKeyFrame).width()).isEqualTo(width);
      assertThat(some.states().get(lastKeyFrame).state()).isEqualTo(State.ASLEEP);
      assertThat(some.frames().size() + some.notDemanded()).isBetween(396L, 400L);
      assertThat(some.frames().size()).isLessThan(150);
      assertThat(some.frames()).extracting(frame -> frame.time().pts()).isSorted();
      assertThat(some.indices()).isSorted().doesNotHaveDuplicates();
    }
  }

  private static void assertUnable(Path file, SleepSettings settings, String reason) {
    Reading some = read(source(file, settings), DecodeDemand.MOVING);

    assertThat(some.frames()).hasSize(200);
    assertThat(last(some)).isEqualTo(new SleepStatus(State.UNABLE, reason));
  }

  private static SleepStatus last(Reading reading) {
    return reading.states().get(reading.states().size() - 1);
  }

  private static FfmpegSource source(Path file, SleepSettings settings) {
    return FfmpegSource.builder(file).sleep(settings).build();
  }

  /** Overwrites the second half of a frame's packet. */
  private static void damage(Path file, int frame) throws IOException {
    long position = 0;
    int size = 0;
    try (Interrupt interrupt = new Interrupt();
        Demuxer demuxer = Demuxer.open(FfmpegSource.of(file), interrupt)) {
      for (int i = 0; i <= frame; i++) {
        demuxer.read();
        position = demuxer.packet().pos();
        size = demuxer.packet().size();
      }
    }
    byte[] damage = new byte[size / 2];
    for (int i = 0; i < damage.length; i++) {
      damage[i] = (byte) (i * 37);
    }
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(position + size - damage.length);
      bytes.write(damage);
    }
  }
}
