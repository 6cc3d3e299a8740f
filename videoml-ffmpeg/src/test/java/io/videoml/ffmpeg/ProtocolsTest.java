package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.ffmpeg.Loopback.Answer;
import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import io.videoml.testkit.TestClips;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stream's own text may make FFmpeg open. */
class ProtocolsTest {
  @TempDir static Path directory;
  private static Path segment;

  @BeforeAll
  static void encode() {
    segment = Clips.encode(TestClips.movingSquare(), directory.resolve("s.ts"), "libopenh264", 0);
  }

  @Test
  void open_remotePlaylistOfRemoteSegments_reads() throws IOException {
    try (Loopback server =
        Loopback.of(
            Map.of(
                "/a.m3u8", playlist("s.ts"),
                "/s.ts", Answer.body(Files.readAllBytes(segment))))) {
      assertThat(count(FfmpegSource.of(server.url("/a.m3u8")))).isEqualTo(60);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file://%s", "%s", "concat:%s", "subfile,,start,0,end,0,,:%s", "cache:%s"})
  void open_remotePlaylistOfALocalFile_isRefused(String address) {
    String local = address.formatted(segment);
    try (Loopback server = Loopback.of("/a.m3u8", playlist(local))) {
      FfmpegSource source = FfmpegSource.of(server.url("/a.m3u8"));

      assertThatThrownBy(() -> count(source)).isInstanceOf(SourceException.class);
    }
  }

  @Test
  void open_redirectToALocalFile_isRefused() {
    try (Loopback server = Loopback.of("/a.ts", Answer.redirect("file://" + segment))) {
      FfmpegSource source = FfmpegSource.of(server.url("/a.ts"));

      assertThatThrownBy(() -> count(source)).isInstanceOf(SourceException.class);
    }
  }

  @Test
  void open_localPlaylistOfARemoteSegment_isRefused() throws IOException {
    try (Loopback server = Loopback.of("/s.ts", Answer.body(Files.readAllBytes(segment)))) {
      Path playlist = directory.resolve("remote.m3u8");
      Files.write(playlist, text(server.url("/s.ts")));

      assertThatThrownBy(() -> count(FfmpegSource.of(playlist)))
          .isInstanceOf(SourceException.class);
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void open_localPlaylistOfLocalSegments_reads() throws IOException {
    Path playlist = Files.write(directory.resolve("local.m3u8"), text("s.ts"));

    assertThat(count(FfmpegSource.of(playlist))).isEqualTo(60);
  }

  private static Answer playlist(String segment) {
    return Answer.body(text(segment));
  }

  private static byte[] text(String segment) {
    String text =
        "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n" + segment + "\n#EXT-X-ENDLIST\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static int count(FfmpegSource source) {
    int frames = 0;
    try (FrameReader reader = source.open()) {
      while (reader.tryAdvance(frame -> {})) {
        frames++;
      }
    }
    return frames;
  }
}
