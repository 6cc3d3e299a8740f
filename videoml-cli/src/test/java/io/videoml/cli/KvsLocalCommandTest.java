package io.videoml.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.videoml.testkit.FakeFrameSource;
import io.videoml.testkit.TestClips;
import java.io.File;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KvsLocalCommandTest {
  @TempDir private Path directory;

  @Test
  void kvsLocal_untilTerminated_servesAndEndsInOrder() throws Exception {
    assumeTrue(new File("/proc/self").exists(), "needs a process that can be looked at");
    Path media = directory.resolve("media");
    try (ChildCommand command =
        new ChildCommand(
            directory,
            Map.of(),
            "kvs-local",
            "--dir",
            media.toString(),
            "--port",
            "0",
            "--stream",
            "dock-3",
            "--stream",
            "dock-4")) {
      command.await("the ready line", 0, out -> out.contains("\n"));
      JsonNode ready = Cli.parse(command.out());
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create(ready.get("endpoint").asText() + "/describeStream"))
                      .POST(HttpRequest.BodyPublishers.ofString("{}"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      long start = System.nanoTime();

      int exitCode = command.terminate();

      List<String> lines = command.out().lines().toList();
      assertThat(System.nanoTime() - start).isLessThan(2_500_000_000L);
      assertThat(exitCode).isEqualTo(143);
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).contains("MissingAuthenticationTokenException");
      assertThat(ready.get("type").asText()).isEqualTo("ready");
      assertThat(ready.get("dir").asText()).isEqualTo(media.toString());
      assertThat(ready.get("accessKey").asText()).isNotEmpty();
      assertThat(lines).hasSize(2);
      assertThat(Cli.parse(lines.get(1)).get("streams").asInt()).isEqualTo(2);
      assertThat(Cli.parse(lines.get(1)).get("requests").asInt()).isEqualTo(1);
      assertThat(command.err()).contains("made up").doesNotContain(ready.get("secretKey").asText());
      assertThat(Files.isDirectory(media)).isTrue();
    }
  }

  @Test
  void kvsLocal_streamWithABlank_isWrongUsage() {
    Cli.Result result =
        Cli.run(
            FakeParts.reading(FakeFrameSource.of(TestClips.movingSquare())),
            "kvs-local",
            "--dir",
            directory.resolve("media").toString(),
            "--stream",
            "dock 3");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("dock 3");
  }

  @Test
  void kvsLocal_portTaken_failsInOneLine() throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new java.net.InetSocketAddress("127.0.0.1", 0));

      Cli.Result result =
          Cli.run(
              FakeParts.reading(FakeFrameSource.of(TestClips.movingSquare())),
              "kvs-local",
              "--dir",
              directory.toString(),
              "--port",
              Integer.toString(taken.getLocalPort()));

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.out()).isEmpty();
      assertThat(result.err())
          .matches("videoml: error: the stand-in cannot start \\([^\\n]+\\)\\n")
          .contains(Integer.toString(taken.getLocalPort()));
    }
  }
}
