package io.videoml.gstreamer;

import io.videoml.source.FrameSource;
import io.videoml.testkit.ExpectedClip;
import io.videoml.testkit.FrameSourceContract;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.TestClips;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class GStreamerSourceContractTest extends FrameSourceContract {
  private static final TestClip CLIP = TestClips.movingSquare();

  @TempDir static Path directory;
  private static Path file;
  private static SilentServer talking;
  private static SilentServer silent;

  @BeforeAll
  static void encode() throws Exception {
    Gstreamer.assumeElements("x264enc", "h264parse", "mp4mux", "avdec_h264", "tcpclientsrc");
    file =
        Gstreamer.encode(
            CLIP, directory.resolve("clip.mp4"), Gstreamer.h264(CLIP, 0) + " ! mp4mux");
    Path ts =
        Gstreamer.encode(
            CLIP, directory.resolve("clip.ts"), Gstreamer.h264(CLIP, 0) + " ! mpegtsmux");
    talking = new SilentServer(Files.readAllBytes(ts));
    silent = new SilentServer(new byte[0]);
  }

  @AfterAll
  static void stop() {
    if (talking != null) {
      talking.close();
      silent.close();
    }
  }

  @Override
  protected FrameSource source() {
    return GStreamerSource.of("filesrc location=" + file + " ! qtdemux ! h264parse");
  }

  @Override
  protected ExpectedClip expected() {
    return CLIP.expected();
  }

  @Override
  protected Optional<FrameSource> silentSource() {
    return Optional.of(patient(talking));
  }

  @Override
  protected Optional<FrameSource> unresponsiveSource() {
    return Optional.of(patient(silent));
  }

  @Override
  protected Optional<FrameSource> sourceWithCredentials(String user, String password) {
    return Optional.of(
        GStreamerSource.of(
            "rtspsrc location=rtsp://%s:%s@127.0.0.1:9/x user-id=%s user-pw=%s ! parsebin"
                .formatted(user, password, user, password)));
  }

  private static FrameSource patient(SilentServer server) {
    return GStreamerSource.builder(
            "tcpclientsrc host=127.0.0.1 port=" + server.port() + " ! tsdemux ! h264parse")
        .live()
        .readTimeout(Duration.ofMinutes(1))
        .build();
  }
}
