package io.videoml.ffmpeg;

import io.videoml.packet.PacketSource;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.testkit.ExpectedClip;
import io.videoml.testkit.PacketSourceContract;
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

class FfmpegPacketsContractTest extends PacketSourceContract {
  private static final TestClip CLIP = TestClips.movingSquare().withRate(25).withFrames(61);

  @TempDir static Path directory;
  private static Path file;
  private static Loopback server;

  @BeforeAll
  static void encode() throws IOException {
    file = Clips.encode(CLIP, directory.resolve("clip.mp4"), "mpeg4", /* bFrames= */ 2);
    Path ts = Clips.encode(CLIP, directory.resolve("clip.ts"), "libopenh264", /* bFrames= */ 0);
    server =
        Loopback.of(
            Map.of(
                "/camera.ts", Loopback.Answer.endless(Files.readAllBytes(ts)),
                "/locked.ts", Loopback.Answer.status("401 Unauthorized")));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected PacketSource packets() {
    return FfmpegSource.of(file);
  }

  @Override
  protected Optional<ExpectedClip> expected() {
    return Optional.of(CLIP.expected());
  }

  @Override
  protected FrameReader decode(PacketSource source) {
    return PacketDecoding.defaults().open(source, Optional.empty(), DecodeDemand.ALL);
  }

  @Override
  protected Optional<PacketSource> silentPackets() {
    return Optional.of(
        FfmpegSource.builder(server.url("/camera.ts")).readTimeout(Duration.ofMinutes(1)).build());
  }

  @Override
  protected Optional<PacketSource> packetsWithCredentials(String user, String password) {
    String url = "http://" + user + ":" + password + "@127.0.0.1:" + server.port() + "/locked.ts";
    return Optional.of(FfmpegSource.of(url));
  }
}
