package io.videoml.gstreamer;

import io.videoml.source.FrameSource;
import io.videoml.testkit.ExpectedClip;
import io.videoml.testkit.FrameSourceContract;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.TestClips;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Frames that are stored in another order than they are shown in. */
@Timeout(120)
class BFramesContractTest extends FrameSourceContract {
  private static final TestClip CLIP = TestClips.movingSquare();

  @TempDir static Path directory;
  private static Path file;

  @BeforeAll
  static void encode() throws Exception {
    Gstreamer.assumeElements("x264enc", "h264parse", "matroskamux", "avdec_h264");
    file =
        Gstreamer.encode(
            CLIP, directory.resolve("clip.mkv"), Gstreamer.h264(CLIP, 2) + " ! matroskamux");
  }

  @Override
  protected FrameSource source() {
    return GStreamerSource.of("filesrc location=" + file + " ! parsebin");
  }

  @Override
  protected ExpectedClip expected() {
    return CLIP.expected();
  }

  @Override
  protected Optional<FrameSource> silentSource() {
    return Optional.empty();
  }

  @Override
  protected Optional<FrameSource> unresponsiveSource() {
    return Optional.empty();
  }

  @Override
  protected Optional<FrameSource> sourceWithCredentials(String user, String password) {
    return Optional.empty();
  }
}
