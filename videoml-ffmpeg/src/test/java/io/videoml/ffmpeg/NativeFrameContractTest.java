package io.videoml.ffmpeg;

import io.videoml.frame.OwnedFrame;
import io.videoml.source.FrameReader;
import io.videoml.testkit.FrameContract;
import io.videoml.testkit.TestClips;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class NativeFrameContractTest extends FrameContract {
  @TempDir static Path directory;
  private static Path file;

  @BeforeAll
  static void encode() {
    file =
        Clips.encode(
            TestClips.movingSquare().withSize(90, 62),
            directory.resolve("clip.mp4"),
            "libopenh264",
            /* bFrames= */ 0);
  }

  @Override
  protected OwnedFrame frame() {
    List<OwnedFrame> shared = new ArrayList<>();
    try (FrameReader reader = FfmpegSource.of(file).open()) {
      reader.tryAdvance(frame -> shared.add(frame.share()));
    }
    return shared.get(0);
  }
}
