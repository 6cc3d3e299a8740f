package io.videoml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.videoml.cli.options.ModelOptions;
import io.videoml.cli.options.SourceOptions;
import io.videoml.cli.run.InstalledParts;
import io.videoml.cli.run.LoadedModel;
import io.videoml.cli.run.Parts;
import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.pipeline.ResultSink;
import io.videoml.source.FrameSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that do not do what they should; all on loopback. */
@Timeout(60)
class NetworkTest {
  @Test
  void sample_nobodyListens_saysSo() throws IOException {
    int port;
    try (ServerSocket socket = listen()) {
      port = socket.getLocalPort();
    }

    assertFails(sample("http://127.0.0.1:" + port + "/live.m3u8"), "refused");
  }

  @Test
  void sample_unknownHost_saysSo() {
    assertFails(sample("rtsp://videoml.invalid/stream"), "videoml.invalid is unknown");
  }

  @Test
  void sample_http404_saysSo() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
    try {
      assertFails(
          sample("http://127.0.0.1:" + server.getAddress().getPort() + "/live.m3u8"),
          "no such stream");
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"http,within", "rtsp,127.0.0.1"})
  void sample_serverSaysNothing_endsAfterTheTimeout(String scheme, String why) throws IOException {
    try (ServerSocket silent = listen()) { // the system accepts, and that is all
      assertFails(sample(scheme + "://127.0.0.1:" + silent.getLocalPort() + "/stream"), why);
    }
  }

  @Test
  void sample_credentialsInAddress_areNeverShown() throws IOException {
    int port;
    try (ServerSocket socket = listen()) {
      port = socket.getLocalPort();
    }

    Cli.Result result = sample("rtsp://admin:hunter2@127.0.0.1:" + port + "/stream");

    assertThat(result.err() + result.out())
        .contains("127.0.0.1")
        .doesNotContain("hunter2", "admin");
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static Cli.Result sample(String address) {
    return Cli.run(new ImpatientParts(), "sample", "--source", address);
  }

  private static void assertFails(Cli.Result result, String why) {
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .matches("videoml: error: cannot read [^\\n]+ \\([^\\n]+\\)\\n")
        .contains(why);
    assertThat(result.summary().get("read").asInt()).isZero();
  }

  /** The command's own timeouts suit real networks, not tests. */
  private static final class ImpatientParts implements Parts {
    private final Parts parts = new InstalledParts();

    @Override
    public FrameSource source(SourceOptions options) {
      Duration soon = Duration.ofMillis(400);
      return FfmpegSource.builder(options.address()).connectTimeout(soon).readTimeout(soon).build();
    }

    @Override
    public LoadedModel load(ModelOptions options) {
      return parts.load(options);
    }

    @Override
    public ResultSink annotator(Path target) {
      return parts.annotator(target);
    }
  }
}
