package io.videoml.ffmpeg;

import io.videoml.source.FrameSource;
import io.videoml.testkit.ExpectedClip;
import io.videoml.testkit.TestClip;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A source that sleeps for most of its clip where it may. */
class SleepContractTest extends FileContract {
  private static final TestClip CLIP = MostlyStill.clip(120, 70, 80);

  @TempDir static Path directory;
  private static Path file;

  @BeforeAll
  static void encode() {
    file = Clips.encode(CLIP, directory.resolve("clip.mp4"), "libopenh264", /* bFrames= */ 0);
  }

  @Override
  protected FrameSource source() {
    return FfmpegSource.builder(file).sleep(MostlyStill.BRIEF).build();
  }

  @Override
  protected ExpectedClip expected() {
    return CLIP.expected();
  }
}
