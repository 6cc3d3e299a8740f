package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.testkit.TestClips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class BytesReceivedTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(DecodeDemand.class)
  void bytesReceived_wholeClip_isAlmostTheFileWhateverIsDecoded(DecodeDemand demand)
      throws IOException {
    Path clip = Clips.encode(TestClips.noise(), directory.resolve("a.mp4"), "libopenh264", 0);
    FrameReader reader = FfmpegSource.of(clip).open(Optional.empty(), demand);
    try (reader) {
      while (reader.tryAdvance(frame -> {})) {}
    }

    // Of this container, all but the index is packets.
    assertThat(reader.bytesReceived().orElseThrow())
        .isBetween(Files.size(clip) * 9 / 10, Files.size(clip));
  }

  @Test
  void bytesReceived_whileReading_growsWithEachFrame() {
    Path clip = Clips.encode(TestClips.noise(), directory.resolve("a.mp4"), "libopenh264", 0);
    try (FrameReader reader = FfmpegSource.of(clip).open()) {
      reader.tryAdvance(frame -> {});
      long first = reader.bytesReceived().orElseThrow();
      for (int i = 0; i < 20; i++) {
        reader.tryAdvance(frame -> {});
      }

      assertThat(first).isPositive();
      assertThat(reader.bytesReceived().orElseThrow()).isGreaterThan(2 * first);
    }
  }
}
