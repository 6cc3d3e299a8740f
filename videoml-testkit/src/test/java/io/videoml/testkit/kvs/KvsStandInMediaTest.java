package io.videoml.testkit.kvs;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.testkit.kvs.media.StoredFragment;
import io.videoml.testkit.kvs.service.KvsLimits;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class KvsStandInMediaTest {
  private final KvsStandIn service =
      KvsStandIn.builder().limits(KvsLimits.aws().mediaIdle(Duration.ofMillis(100))).start();

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void getMedia_replayedCapture_isByteForByteTheSame() throws Exception {
    byte[] capture = Captures.read("output_get_media.mkv");
    service.createStream("dock");

    List<StoredFragment> stored = service.replay("dock", capture);
    RawClient.Answer answer =
        RawClient.call(
            service, "/getMedia", start("dock", Map.of("StartSelectorType", "EARLIEST")));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.bytes()).isEqualTo(capture);
    assertThat(stored).hasSize(5);
    assertThat(stored.get(0).number()).isEqualTo("91343852333181432392682062607743920146159169392");
    assertThat(stored.get(0).frames()).hasSize(60);
  }

  @Test
  void getMedia_afterFragmentNumber_startsWithTheNext() throws Exception {
    service.createStream("dock");
    List<StoredFragment> stored =
        service.append("dock", Captures.read("gen-kvssink-h264-aac-putmedia.mkv"));

    RawClient.Answer answer =
        RawClient.call(
            service,
            "/getMedia",
            start(
                "dock",
                Map.of(
                    "StartSelectorType",
                    "FRAGMENT_NUMBER",
                    "AfterFragmentNumber",
                    stored.get(0).number())));
    service.createStream("copy");
    List<StoredFragment> copied = service.replay("copy", answer.bytes());

    assertThat(stored).hasSize(3);
    assertThat(copied).hasSize(2);
    assertThat(copied.get(0).frames()).isEqualTo(stored.get(1).frames());
    assertThat(copied.get(1).number()).isEqualTo(stored.get(2).number()).hasSize(47);
  }

  @Test
  void getMedia_wrongKey_isRefused() throws Exception {
    service.createStream("dock");
    try (RawClient client = new RawClient(service)) {
      client.secretKey = "another";

      RawClient.Answer answer =
          client.call("/getMedia", start("dock", Map.of("StartSelectorType", "EARLIEST")));

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.type()).isEqualTo("InvalidSignatureException");
    }
  }

  @Test
  void getMedia_whileStreamGrows_followsIt() throws Exception {
    byte[] media = Captures.read("clusters.mkv");
    service.createStream("dock");
    try (RawClient client = new RawClient(service)) {
      client.post(
          "/getMedia",
          "{\"StreamName\":\"dock\",\"StartSelector\":{\"StartSelectorType\":\"NOW\"}}".getBytes());

      service.append("dock", media);
      byte[] got;
      try (InputStream body = client.body()) {
        got = body.readAllBytes();
      }
      service.createStream("copy");

      assertThat(service.replay("copy", got)).hasSize(8);
    }
  }

  static Map<String, Object> start(String stream, Map<String, Object> selector) {
    return Map.of("StreamName", stream, "StartSelector", selector);
  }
}
