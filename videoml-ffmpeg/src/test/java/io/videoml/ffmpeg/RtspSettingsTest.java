package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.TestClips;
import io.videoml.testkit.rtsp.FaultyRtspServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What FFmpeg's RTSP is told, and what its failures mean. */
@Timeout(60)
class RtspSettingsTest {
  @TempDir Path directory;

  @Test
  void transport_cameraThatAllowsOnlyUdp_isReachedByTcpThenUdp() {
    requireServer();
    try (FaultyRtspServer camera =
            FaultyRtspServer.builder()
                .transports(io.videoml.testkit.rtsp.RtspTransport.UDP)
                .start();
        FrameReader udp =
            FfmpegSource.builder(camera.uri()).rtspTransport(RtspTransport.UDP).build().open()) {
      assertThat(udp.tryAdvance(frame -> {})).isTrue();
      FfmpegSource.Builder source = FfmpegSource.builder(camera.uri());

      SourceException failure = failure(source.rtspTransport(RtspTransport.TCP).build());
      assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(Kind.UNSUPPORTED);
      assertThat(failure).hasMessageContaining("transport");
      assertReads(source.rtspTransport(RtspTransport.TCP_THEN_UDP).build());
    }
  }

  @Test
  void certificates_ofTheCamera_areTheOnlyOnesTrusted() throws IOException {
    requireServer();
    try (FaultyRtspServer camera = FaultyRtspServer.builder().tls().start();
        FaultyRtspServer other = FaultyRtspServer.builder().tls().start()) {
      Path own = pem(camera, "own.pem");
      Path foreign = pem(other, "foreign.pem");
      FfmpegSource.Builder source = FfmpegSource.builder(camera.uri());

      assertReads(source.build());
      assertReads(source.certificates(own).build());
      SourceException failure = failure(source.certificates(foreign).build());
      assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(Kind.NETWORK);
      assertThat(failure).hasMessageContaining("certificate");
      failure = failure(source.certificates(directory.resolve("none.pem")).build());
      assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(failure).hasMessageContaining("none.pem");
    }
  }

  @Test
  void certificates_forAnotherScheme_areRefused() {
    FfmpegSource.Builder source =
        FfmpegSource.builder("https://jo:s3cret@example.com/a.m3u8").certificates(directory);

    assertThatIllegalStateException()
        .isThrownBy(source::build)
        .withMessageContaining("rtsps:")
        .withMessageNotContaining("s3cret");
  }

  private Path pem(FaultyRtspServer camera, String name) throws IOException {
    return Files.writeString(directory.resolve(name), camera.certificate().orElseThrow());
  }

  @Test
  void open_soundBesideThePictures_isNotAskedFor() {
    requireServer();
    try (FaultyRtspServer camera = FaultyRtspServer.builder().audio().start()) {
      assertReads(FfmpegSource.of(camera.uri()));
    }
  }

  @Test
  void open_unknownCodec_isUnsupported() throws IOException {
    Path h264 = Clips.encode(TestClips.noise(), directory.resolve("a.h264"), "libopenh264", 0);
    try (RtspServer camera = new RtspServer(h264, "", "")) {
      camera.encoding("X-NO-SUCH-CODEC");

      SourceException failure =
          failure(
              FfmpegSource.builder(camera.url(""))
                  .readTimeout(Duration.ofSeconds(1))
                  .connectTimeout(Duration.ofSeconds(1))
                  .build());

      assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(Kind.UNSUPPORTED);
    }
  }

  @Test
  void open_onlySound_isUnsupported() throws IOException {
    Path h264 = Clips.encode(TestClips.noise(), directory.resolve("b.h264"), "libopenh264", 0);
    try (RtspServer camera = new RtspServer(h264, "", "")) {
      camera.media("audio");

      SourceException failure = failure(FfmpegSource.of(camera.url("")));

      assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(Kind.UNSUPPORTED);
      assertThat(failure).hasMessageContaining("no video");
    }
  }

  @Test
  void open_serverThatSpeaksSomethingElse_failsWithoutWaiting() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread thread =
          new Thread(
              () -> {
                try (Socket client = server.accept()) {
                  client
                      .getOutputStream()
                      .write("SSH-2.0-no\r\n\r\n".repeat(200).getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                  // the client went away
                }
              });
      thread.setDaemon(true);
      thread.start();

      SourceException failure =
          failure(
              FfmpegSource.builder("rtsp://127.0.0.1:" + server.getLocalPort() + "/a")
                  .readTimeout(Duration.ofSeconds(2))
                  .build());

      assertThat(failure.kind()).as(failure.getMessage()).isIn(Kind.CORRUPT, Kind.NETWORK);
    }
  }

  private static void requireServer() {
    assumeTrue(
        FaultyRtspServer.whyUnavailable().isEmpty(),
        () -> FaultyRtspServer.whyUnavailable().orElse(""));
  }

  private static void assertReads(FfmpegSource source) {
    try (FrameReader reader = source.open()) {
      assertThat(reader.tryAdvance(frame -> {})).isTrue();
    }
  }

  private static SourceException failure(FfmpegSource source) {
    return catchThrowableOfType(SourceException.class, () -> source.open().close());
  }
}
