package io.videoml.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videoml.testkit.kvs.KvsStandIn;
import io.videoml.testkit.kvs.faults.Fault;
import io.videoml.testkit.kvs.faults.KvsOperation;
import io.videoml.testkit.kvs.faults.PutMoment;
import io.videoml.testkit.kvs.http.Ending;
import io.videoml.testkit.kvs.service.KvsLimits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The snippets of docs/guides/kinesis-stand-in.md. */
@Timeout(30)
class StandInGuideTest {

  @Test
  void start_appendAndAsk() throws Exception {
    byte[] media = media();

    try (KvsStandIn service = KvsStandIn.builder().start()) {
      service.createStream("dock-3");
      service.append("dock-3", media); // Matroska, of a producer or of GetMedia
      readWith(service.endpoint(), service.region(), service.accessKey(), service.secretKey());
      assertThat(service.requests()).hasSize(1); // operation, stream, time, status, error of each
    }
  }

  /** Asks without a signature, which is refused; the SDKs are not among the examples' libraries. */
  private static void readWith(URI endpoint, String region, String accessKey, String secretKey)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(endpoint.resolve("/describeStream"))
                    .POST(HttpRequest.BodyPublishers.ofString("{\"StreamName\":\"dock-3\"}"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(region + accessKey).isNotEmpty();
    assertThat(answer.body()).doesNotContain(secretKey);
  }

  @Test
  void limits_andFaults() {
    try (KvsStandIn service =
        KvsStandIn.builder()
            .limits(
                KvsLimits.aws()
                    .session(Duration.ofMillis(500)) // instead of 45 minutes
                    .mediaIdle(Duration.ofMillis(200)) // GetMedia ends when nothing comes
                    .requestsPerSecond(100))
            .start()) {
      service
          .faults()
          .next(
              KvsOperation.GET_MEDIA,
              new Fault.CutFragment(2, 700, Ending.RESET)); // the third, after 700 bytes
      service
          .faults()
          .next(KvsOperation.GET_MEDIA, new Fault.Refuse(400, "ConnectionLimitExceededException"));
      service
          .faults()
          .next(KvsOperation.PUT_MEDIA, new Fault.CutPut(0, PutMoment.STORED, Ending.CLOSE));
      service
          .faults()
          .randomly(
              KvsOperation.GET_MEDIA,
              /* probability= */ 0.3,
              /* seed= */ 7,
              random -> new Fault.CutAnswer(random.nextInt(1_000_000), Ending.RESET));

      assertThat(service.faults().taken()).isEmpty();
    }
  }

  private static byte[] media() throws IOException {
    Path file = Path.of(System.getProperty("videoml.shared", ""), "data/kvs/clusters.mkv");
    assumeTrue(Files.isRegularFile(file), "the capture clusters.mkv is not on this machine");
    return Files.readAllBytes(file);
  }
}
