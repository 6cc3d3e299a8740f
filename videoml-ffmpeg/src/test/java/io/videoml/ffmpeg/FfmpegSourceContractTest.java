package io.videoml.ffmpeg;

import io.videoml.source.FrameSource;
import io.videoml.testkit.ExpectedClip;
import io.videoml.testkit.FrameSourceContract;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.TestClips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class FfmpegSourceContractTest extends FrameSourceContract {
  private static final TestClip CLIP = TestClips.movingSquare();

  @TempDir static Path directory;
  private static Path file;
  private static Loopback server;

  @BeforeAll
  static void encode() throws IOException {
    file = Clips.encode(CLIP, directory.resolve("clip.mp4"), "libopenh264", /* bFrames= */ 0);
    Path ts = Clips.encode(CLIP, directory.resolve("clip.ts"), "libopenh264", /* bFrames= */ 0);
    server =
        Loopback.of(
            Map.of(
                "/camera.ts", Loopback.Answer.endless(Files.readAllBytes(ts)),
                "/silent.ts", Loopback.Answer.silence(),
                "/locked.ts", Loopback.Answer.status("401 Unauthorized")));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected FrameSource source() {
    return FfmpegSource.of(file);
  }

  @Override
  protected ExpectedClip expected() {
    return CLIP.expected();
  }

  @Override
  protected Optional<FrameSource> silentSource() {
    return Optional.of(patient("/camera.ts"));
  }

  @Override
  protected Optional<FrameSource> unresponsiveSource() {
    return Optional.of(patient("/silent.ts"));
  }

  @Override
  protected Optional<FrameSource> sourceWithCredentials(String user, String password) {
    String url = "http://" + user + ":" + password + "@127.0.0.1:" + server.port() + "/locked.ts";
    return Optional.of(FfmpegSource.of(url));
  }

  private static FrameSource patient(String path) {
    return FfmpegSource.builder(server.url(path)).readTimeout(Duration.ofMinutes(1)).build();
  }
}
