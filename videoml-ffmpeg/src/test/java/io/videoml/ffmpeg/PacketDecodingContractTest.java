package io.videoml.ffmpeg;

import io.videoml.source.FrameSource;
import io.videoml.testkit.ExpectedClip;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.TestClips;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Frames decoded from somebody else's packets promise what all frames do. */
class PacketDecodingContractTest extends FileContract {
  private static final TestClip CLIP = TestClips.movingSquare();

  @TempDir static Path directory;
  private static Path file;

  @BeforeAll
  static void encode() {
    file = Clips.encode(CLIP, directory.resolve("clip.mp4"), "libopenh264", /* bFrames= */ 0);
  }

  @Override
  protected FrameSource source() {
    return RecordedPackets.of(file);
  }

  @Override
  protected ExpectedClip expected() {
    return CLIP.expected();
  }
}
