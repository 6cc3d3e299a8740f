package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.source.SourceException;
import io.videoml.testkit.TestClips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFramesTest {
  @TempDir static Path directory;
  private static FfmpegSource source;

  @BeforeAll
  static void encode() {
    source =
        FfmpegSource.of(
            Clips.encode(TestClips.noise(), directory.resolve("a.mp4"), "libopenh264", 0));
  }

  @Test
  void list_clip_hasTheIndexAndTimeOfEach() {
    List<KeyFrame> found = KeyFrames.list(source);

    assertThat(found).extracting(KeyFrame::index).containsExactly(0L, 12L, 24L, 36L, 48L);
    assertThat(found.get(3).time()).isEqualTo(Duration.ofMillis(1200));
  }

  @Test
  void extract_clip_writesEachAsJpeg() throws IOException {
    List<Path> best = KeyFrames.extract(source, directory.resolve("best"), 1);
    List<Path> small = KeyFrames.extract(source, directory.resolve("small"), 31);

    assertThat(best)
        .hasSize(5)
        .contains(directory.resolve("best/000036_00h00m01.200s.jpg"))
        .allSatisfy(file -> assertThat(javax.imageio.ImageIO.read(file.toFile())).isNotNull());
    assertThat(Files.size(best.get(0))).isGreaterThan(2 * Files.size(small.get(0)));
  }

  @Test
  void extract_badQuality_throwsNamingIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyFrames.extract(source, directory.resolve("bad"), 32))
        .withMessageContaining("32");
  }

  @Test
  void extract_directoryThatCannotBeMade_throwsNamingIt() throws IOException {
    Path file = Files.createFile(directory.resolve("in-the-way"));

    assertThatThrownBy(() -> KeyFrames.extract(source, file.resolve("x"), 3))
        .isInstanceOf(FfmpegException.class)
        .hasMessageContaining("in-the-way");
  }

  @Test
  void list_liveStream_throws() {
    assertThatThrownBy(() -> KeyFrames.list(FfmpegSource.of("udp://127.0.0.1:9")))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("live");
  }
}
