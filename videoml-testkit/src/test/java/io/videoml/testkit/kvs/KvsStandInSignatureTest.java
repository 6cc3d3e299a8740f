package io.videoml.testkit.kvs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class KvsStandInSignatureTest {
  private static final Map<String, String> DOCK = Map.of("StreamName", "dock");

  private KvsStandIn service;
  private RawClient client;

  @BeforeEach
  void start() throws Exception {
    service = KvsStandIn.builder().start();
    service.createStream("dock");
    client = new RawClient(service);
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    service.close();
  }

  @Test
  void describe_rightSignature_isAnswered() throws Exception {
    RawClient.Answer answer = client.call("/describeStream", DOCK);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("StreamInfo").path("Status").asText()).isEqualTo("ACTIVE");
  }

  @Test
  void describe_unknownKey_isRefused() throws Exception {
    client.accessKey = "AKIDNOBODY";

    assertRefused(client.call("/describeStream", DOCK), "UnrecognizedClientException");
  }

  @Test
  void describe_clocksTooFarApart_isRefused() throws Exception {
    client.at = client.at.minus(Duration.ofMinutes(6));
    assertRefused(client.call("/describeStream", DOCK), "InvalidSignatureException");
    try (RawClient early = new RawClient(service)) {
      early.at = early.at.plus(Duration.ofMinutes(6));
      assertRefused(early.call("/describeStream", DOCK), "InvalidSignatureException");
    }
    try (RawClient near = new RawClient(service)) {
      near.at = near.at.minus(Duration.ofMinutes(4));
      assertThat(near.call("/describeStream", DOCK).status()).isEqualTo(200);
    }
  }

  @Test
  void describe_bodyOfAnotherSignature_isRefused() throws Exception {
    byte[] signed = "{\"StreamName\":\"dock\"}".getBytes();
    byte[] sent = "{\"StreamName\":\"door\"}".getBytes();
    client.send(
        "/describeStream",
        client.signedHeaders(),
        Signer.hash(signed),
        "Content-Length: " + sent.length + "\r\n");
    client.write(sent);

    assertThat(client.readHead()).isEqualTo(403);
    assertThat(client.headers.get("x-amzn-ErrorType")).isEqualTo("InvalidSignatureException");
  }

  @Test
  void putMedia_headerChangedAfterSigning_isRefused() throws Exception {
    Map<String, String> signed = new LinkedHashMap<>(client.signedHeaders());
    signed.put("x-amzn-stream-name", "dock");
    signed.put("x-amzn-fragment-timecode-type", "ABSOLUTE");
    String authorization =
        Signer.authorization(
            "/putMedia",
            signed,
            PutClient.EMPTY,
            service.accessKey(),
            service.secretKey(),
            service.region(),
            client.at);
    signed.put("x-amzn-stream-name", "door");
    StringBuilder head = new StringBuilder("POST /putMedia HTTP/1.1\r\n");
    signed.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    client.write((head + "Authorization: " + authorization + "\r\n\r\n").getBytes());

    assertThat(client.readHead()).isEqualTo(403);
  }

  @Test
  void putMedia_parameterThatIsNotSigned_isRefused() throws Exception {
    client.send(
        "/putMedia",
        client.signedHeaders(),
        PutClient.EMPTY,
        "x-amzn-stream-name: dock\r\nx-amzn-fragment-timecode-type: ABSOLUTE\r\n");

    assertThat(client.readHead()).isEqualTo(403);
  }

  @Test
  void putMedia_javaForm_withAbsoluteTargetAndStreamingHash_isAccepted() throws Exception {
    String hash = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    Map<String, String> signed = new LinkedHashMap<>();
    signed.put("Host", "127.0.0.1");
    signed.put("x-amz-content-sha256", hash);
    signed.put("x-amz-date", Signer.DATE.format(client.at));
    signed.put("x-amzn-stream-name", "dock");
    signed.put("x-amzn-fragment-timecode-type", "RELATIVE");
    signed.put("x-amzn-producer-start-timestamp", "2026-11-22T12:18:09.592Z");
    String authorization =
        Signer.authorization(
            "/putMedia",
            signed,
            hash,
            service.accessKey(),
            service.secretKey(),
            service.region(),
            client.at);
    StringBuilder head = new StringBuilder("POST http://127.0.0.1/putMedia HTTP/1.1\r\n");
    signed.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("Authorization: " + authorization + "\r\n");
    head.append("Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n");
    client.write(head.toString().getBytes());

    assertThat(client.readHead()).isEqualTo(100);
    assertThat(client.readHead()).isEqualTo(200);
  }

  @Test
  void describe_unsignedPayload_isRefusedUnlessAllowed() throws Exception {
    client.extra.put("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
    assertThat(unsigned(client)).isEqualTo(403);
    try (KvsStandIn lax = KvsStandIn.builder().acceptUnsignedPayload().start();
        RawClient other = new RawClient(lax)) {
      lax.createStream("dock");
      other.extra.put("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
      assertThat(unsigned(other)).isEqualTo(200);
    }
  }

  private static int unsigned(RawClient client) throws Exception {
    byte[] body = "{\"StreamName\":\"dock\"}".getBytes();
    client.send(
        "/describeStream",
        client.signedHeaders(),
        "UNSIGNED-PAYLOAD",
        "Content-Length: " + body.length + "\r\n");
    client.write(body);
    return client.readHead();
  }

  @Test
  void describe_sessionToken_mustBeThere() throws Exception {
    try (KvsStandIn other =
        KvsStandIn.builder().credentials("AKIDTEMPORARY", "secret", "the-token").start()) {
      other.createStream("dock");
      assertRefused(RawClient.call(other, "/describeStream", DOCK), "UnrecognizedClientException");
      try (RawClient with = new RawClient(other)) {
        with.extra.put("x-amz-security-token", "the-token");
        assertThat(with.call("/describeStream", DOCK).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void describe_withoutSignature_isRefused() throws Exception {
    client.write(
        "POST /describeStream HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}".getBytes());

    assertThat(client.readHead()).isEqualTo(403);
    assertThat(client.headers.get("x-amzn-ErrorType"))
        .isEqualTo("MissingAuthenticationTokenException");
  }

  @Test
  void toString_ofAnything_hidesTheSecret() throws Exception {
    client.call("/describeStream", DOCK);

    assertThat(service + " " + service.requests()).doesNotContain(service.secretKey());
  }

  private static void assertRefused(RawClient.Answer answer, String type) {
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.type()).isEqualTo(type);
  }
}
