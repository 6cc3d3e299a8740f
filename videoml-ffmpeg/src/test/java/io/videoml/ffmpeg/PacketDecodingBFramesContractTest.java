package io.videoml.ffmpeg;

import io.videoml.source.FrameSource;
import io.videoml.testkit.ExpectedClip;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.TestClips;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The same with packets in another order than they are shown, and threads that decode ahead. */
class PacketDecodingBFramesContractTest extends FileContract {
  private static final TestClip CLIP = TestClips.movingSquare().withRate(25).withFrames(61);

  @TempDir static Path directory;
  private static Path file;

  @BeforeAll
  static void encode() {
    file = Clips.encode(CLIP, directory.resolve("clip.mp4"), "mpeg4", /* bFrames= */ 2);
  }

  @Override
  protected FrameSource source() {
    return new RecordedPackets(file.toString(), PacketDecoding.builder().threads(3).build());
  }

  @Override
  protected ExpectedClip expected() {
    return CLIP.expected();
  }
}
