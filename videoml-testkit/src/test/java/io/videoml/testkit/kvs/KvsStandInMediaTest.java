package io.videoml.testkit.kvs;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.testkit.kvs.faults.KvsOperation;
import io.videoml.testkit.kvs.media.DocumentShape;
import io.videoml.testkit.kvs.media.StoredFragment;
import io.videoml.testkit.kvs.service.KvsLimits;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    try (KvsStandIn patient =
            KvsStandIn.builder().limits(KvsLimits.aws().mediaIdle(Duration.ofSeconds(2))).start();
        RawClient client = new RawClient(patient)) {
      patient.createStream("dock");
      client.post(
          "/getMedia",
          "{\"StreamName\":\"dock\",\"StartSelector\":{\"StartSelectorType\":\"NOW\"}}".getBytes());

      patient.append("dock", media);
      byte[] got;
      try (InputStream body = client.body()) {
        got = body.readAllBytes();
      }
      service.createStream("copy");

      assertThat(service.replay("copy", got)).hasSize(8);
    }
  }

  @ParameterizedTest
  @EnumSource(DocumentShape.class)
  void getMedia_documentsOfAnyShape_saysTheSame(DocumentShape shape) throws Exception {
    byte[] media = Captures.read("clusters.mkv");
    byte[] live = Captures.read("gen-kvssink-h264-aac-putmedia.mkv");
    try (KvsStandIn shaped =
        KvsStandIn.builder()
            .documents(shape)
            .limits(KvsLimits.aws().mediaIdle(Duration.ofMillis(100)))
            .start()) {
      shaped.createStream("dock");
      List<StoredFragment> stored = new ArrayList<>(shaped.append("dock", media));
      stored.addAll(shaped.append("dock", live));
      byte[] got =
          RawClient.call(
                  shaped, "/getMedia", start("dock", Map.of("StartSelectorType", "EARLIEST")))
              .bytes();
      service.createStream("copy");
      List<StoredFragment> copied = service.replay("copy", got);

      assertThat(copied).hasSize(11);
      for (int i = 0; i < copied.size(); i++) {
        assertThat(copied.get(i).frames()).isEqualTo(stored.get(i).frames());
        assertThat(copied.get(i).tracks()).isEqualTo(stored.get(i).tracks());
        assertThat(copied.get(i).serverTime()).isEqualTo(millis(stored.get(i).serverTime()));
        assertThat(copied.get(i).producerTime()).isEqualTo(millis(stored.get(i).producerTime()));
      }
    }
  }

  private static Instant millis(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS);
  }

  @Test
  void getMedia_byTimestamp_startsWithTheFragmentThatHasIt() throws Exception {
    byte[] capture = Captures.read("output_get_media.mkv");
    service.createStream("dock");
    List<StoredFragment> stored = service.replay("dock", capture);
    for (String clock : List.of("PRODUCER_TIMESTAMP", "SERVER_TIMESTAMP")) {
      Instant third =
          clock.startsWith("P") ? stored.get(2).producerTime() : stored.get(2).serverTime();

      RawClient.Answer answer =
          RawClient.call(
              service,
              "/getMedia",
              start(
                  "dock",
                  Map.of(
                      "StartSelectorType",
                      clock,
                      "StartTimestamp",
                      third.plusMillis(700).toEpochMilli() / 1000.0)));

      long expected = stored.subList(2, 5).stream().mapToLong(StoredFragment::size).sum();
      assertThat(answer.bytes()).hasSize((int) expected);
    }
  }

  @Test
  void getMedia_frameByFrame_sendsWhatOpenFragmentsHave() throws Exception {
    byte[] media = Captures.read("gen-kvssink-h264-aac-putmedia.mkv");
    try (KvsStandIn live =
            KvsStandIn.builder()
                .frameByFrame()
                .limits(KvsLimits.aws().mediaIdle(Duration.ofSeconds(2)))
                .start();
        RawClient client = new RawClient(live);
        PutClient producer = PutClient.to(live)) {
      live.createStream("dock");
      client.post(
          "/getMedia",
          "{\"StreamName\":\"dock\",\"StartSelector\":{\"StartSelectorType\":\"NOW\"}}".getBytes());
      InputStream body = client.body();
      producer.open("dock", "ABSOLUTE");
      producer.send(media, 100_000); // less than the first fragment

      byte[] early = body.readNBytes(90_000);
      assertThat(live.fragments("dock")).isEmpty();
      producer.send(java.util.Arrays.copyOfRange(media, 100_000, media.length - 300_000));
      producer.client.socket.shutdownOutput();
      byte[] rest = body.readAllBytes();

      byte[] all = java.util.Arrays.copyOf(early, early.length + rest.length);
      System.arraycopy(rest, 0, all, early.length, rest.length);
      service.createStream("copy");
      List<StoredFragment> copied = service.replay("copy", all);
      List<StoredFragment> stored = live.fragments("dock");
      assertThat(copied).hasSameSizeAs(stored).hasSize(2);
      assertThat(copied.get(1).frames()).isEqualTo(stored.get(1).frames());
    }
  }

  @Test
  void getMedia_sessionIsOver_endsInOrder() throws Exception {
    try (KvsStandIn brief =
        KvsStandIn.builder().limits(KvsLimits.aws().session(Duration.ofMillis(150))).start()) {
      brief.createStream("dock");

      assertThat(
              RawClient.call(brief, "/getMedia", start("dock", Map.of("StartSelectorType", "NOW")))
                  .bytes())
          .isEmpty();
    }
  }

  @Test
  void getMedia_clientGone_freesItsConnection() throws Exception {
    service.createStream("dock");
    try (KvsStandIn patient = KvsStandIn.builder().start()) {
      patient.createStream("dock");
      try (RawClient client = new RawClient(patient)) {
        client.post(
            "/getMedia",
            "{\"StreamName\":\"dock\",\"StartSelector\":{\"StartSelectorType\":\"NOW\"}}"
                .getBytes());
        assertThat(patient.connections("dock", KvsOperation.GET_MEDIA)).isEqualTo(1);
      }
      long end = System.nanoTime() + 5_000_000_000L;
      while (patient.connections("dock", KvsOperation.GET_MEDIA) > 0) {
        assertThat(System.nanoTime()).isLessThan(end);
        Thread.sleep(5);
      }
    }
  }

  static Map<String, Object> start(String stream, Map<String, Object> selector) {
    return Map.of("StreamName", stream, "StartSelector", selector);
  }
}
