package io.videoml.testkit.kvs;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.testkit.kvs.faults.Fault;
import io.videoml.testkit.kvs.faults.KvsOperation;
import io.videoml.testkit.kvs.faults.PutMoment;
import io.videoml.testkit.kvs.http.Ending;
import io.videoml.testkit.kvs.service.KvsLimits;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service demands of media, and how its taking fails. */
@Timeout(30)
class KvsStandInPutLimitsTest {
  private KvsStandIn service;

  @BeforeEach
  void start() {
    service = KvsStandIn.builder().limits(KvsLimits.aws().requestsPerSecond(1000)).start();
    service.createStream("dock");
  }

  @AfterEach
  void close() {
    service.close();
  }

  private static MediaBuilder twoTracks() {
    return new MediaBuilder().head(2);
  }

  @Test
  void goodMedia_isTaken() throws Exception {
    byte[] media =
        twoTracks()
            .cluster(0)
            .block(1, 0)
            .block(2, 5)
            .tag("place", "dock")
            .cluster(1000)
            .block(1, 0)
            .block(2, 0)
            .bytes();

    List<String> acks = put(media);

    assertThat(acks).hasSize(6).noneMatch(ack -> ack.contains("ERROR"));
    assertThat(service.fragments("dock").get(0).tags()).containsEntry("place", "dock");
    assertThat(service.fragments("dock").get(1).tags()).doesNotContainKey("place");
  }

  @Test
  void trackWithoutFrames_isTold4011() throws Exception {
    assertThat(last(put(twoTracks().cluster(0).block(1, 0).bytes())))
        .contains("4011", "FRAMES_MISSING_FOR_TRACK");
  }

  @Test
  void frameOfUnknownTrack_isTold4010() throws Exception {
    assertThat(last(put(twoTracks().cluster(0).block(3, 0).bytes())))
        .contains("4010", "TRACK_NUMBER_MISMATCH");
  }

  @Test
  void fourTracks_areTold4012() throws Exception {
    assertThat(last(put(new MediaBuilder().head(4).cluster(0).bytes()))).contains("4012");
  }

  @Test
  void metadata_tooMuchOrReserved_isTold4009() throws Exception {
    MediaBuilder many = new MediaBuilder().head(1).cluster(0).block(1, 0);
    for (int i = 0; i < 11; i++) {
      many.tag("name" + i, "value");
    }
    byte[] reserved =
        new MediaBuilder().head(1).cluster(0).block(1, 0).tag("AWS_MINE", "x").bytes();
    byte[] large =
        new MediaBuilder().head(1).cluster(0).block(1, 0).tag("n", "x".repeat(257)).bytes();

    assertThat(last(put(many.bytes()))).contains("4009");
    assertThat(last(put(reserved))).contains("4009");
    assertThat(last(put(large))).contains("4009");
    assertThat(service.fragments("dock")).isEmpty();
  }

  @Test
  void endOfFragmentTag_endsTheFragmentAtOnce() throws Exception {
    byte[] media =
        new MediaBuilder()
            .head(1)
            .cluster(0)
            .block(1, 0)
            .tag("AWS_KINESISVIDEO_END_OF_FRAGMENT", "")
            .bytes();
    try (PutClient producer = PutClient.to(service)) {
      producer.open("dock", "RELATIVE");
      producer.send(media);

      assertThat(producer.ack()).contains("BUFFERING");
      assertThat(producer.ack()).contains("RECEIVED");
      assertThat(producer.ack()).contains("PERSISTED");
      assertThat(service.fragments("dock")).hasSize(1);
    }
  }

  @Test
  void secondDocument_isTold4006() throws Exception {
    byte[] media =
        new MediaBuilder().head(1).cluster(0).block(1, 0).head(1).cluster(1000).block(1, 0).bytes();

    assertThat(last(put(media))).contains("4006");
    assertThat(service.fragments("dock")).hasSize(1);
  }

  @Test
  void streamWithoutRetention_isReceivedOnly() throws Exception {
    RawClient.call(service, "/createStream", java.util.Map.of("StreamName", "fleeting"));

    List<String> acks = put("fleeting", new MediaBuilder().head(1).cluster(0).block(1, 0).bytes());

    assertThat(last(acks)).contains("RECEIVED");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {4000, 4001, 4002, 4003, 4004, 4005, 4006, 4007, 4008, 4009, 4010, 4011, 4012})
  void errorAck_ofAnyCode_endsTheConnection(int id) throws Exception {
    service.faults().next(KvsOperation.PUT_MEDIA, new Fault.ErrorAck(0, id, false));

    assertThat(last(put(new MediaBuilder().head(1).cluster(0).block(1, 0).bytes())))
        .contains("\"EventType\":\"ERROR\"", "\"ErrorId\":" + id + ",\"ErrorCode\":\"")
        .doesNotContain("UNKNOWN");
    assertThat(service.fragments("dock")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "BUFFERING,1,0",
    "ARRIVED,1,0",
    "RECEIVED_AND_LOST,2,0",
    "STORED,1,1",
    "RECEIVED,2,1",
    "PERSISTED,3,1"
  })
  void cutPut_atAnyMoment_leavesWhatHappenedBefore(PutMoment moment, int acks, int stored)
      throws Exception {
    service.faults().next(KvsOperation.PUT_MEDIA, new Fault.CutPut(0, moment, Ending.CLOSE));

    assertThat(put(new MediaBuilder().head(1).cluster(0).block(1, 0).bytes())).hasSize(acks);
    assertThat(service.fragments("dock")).hasSize(stored);
  }

  @Test
  void stalledRequest_isFeltByTheProducer() throws Exception {
    service
        .faults()
        .next(KvsOperation.PUT_MEDIA, new Fault.StallRequest(0, Duration.ofSeconds(20)));
    byte[] media = new byte[64 << 20];
    try (PutClient producer = PutClient.to(service)) {
      producer.open("dock", "RELATIVE");
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(
              () -> {
                try {
                  producer.send(media);
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });

      assertThat(sent.isDone()).isFalse();
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> sent.get(500, TimeUnit.MILLISECONDS))
          .isInstanceOf(java.util.concurrent.TimeoutException.class);
    }
  }

  @Test
  void slowRequest_takesItsTime() throws Exception {
    byte[] media = Captures.read("clusters.mkv");
    service.faults().next(KvsOperation.PUT_MEDIA, new Fault.SlowRequest(4_000_000));
    long start = System.nanoTime();

    List<String> acks = put(media);

    assertThat(acks).hasSize(24);
    assertThat(System.nanoTime() - start).isGreaterThan(200_000_000L);
  }

  @Test
  void silentPeer_neitherSendsNorIsTalkedTo() throws Exception {
    try (PutClient producer = PutClient.to(service)) {
      producer.open("dock", "RELATIVE");
      producer.client.socket.setSoTimeout(200);
      org.assertj.core.api.Assertions.assertThatThrownBy(producer::ack)
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void fragmentsPerSecond_limit_slowsTheProducer() throws Exception {
    service.close();
    service = KvsStandIn.builder().limits(KvsLimits.aws().fragmentsPerSecond(20)).start();
    service.createStream("dock");
    byte[] media = Captures.read("clusters.mkv");
    long start = System.nanoTime();

    assertThat(put(media)).hasSize(24);
    assertThat(System.nanoTime() - start).isGreaterThan(340_000_000L); // 7 waits of 50 ms
  }

  @Test
  void garbage_ofAnyKind_neverStopsTheService() throws Exception {
    byte[] media = Captures.read("clusters.mkv");
    Random random = new Random(5);
    for (int i = 0; i < 60; i++) {
      byte[] damaged = java.util.Arrays.copyOf(media, 3_000 + random.nextInt(30_000));
      for (int n = 0; n < 20; n++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      put(damaged);
    }

    assertThat(put("dock", new MediaBuilder().head(1).cluster(0).block(1, 0).bytes())).hasSize(3);
  }

  @Test
  void appendAt_spreadsServerTimesLikeTheMedia() throws Exception {
    Instant start = Instant.parse("2026-01-02T03:04:05Z");

    var stored = service.append("dock", Captures.read("clusters.mkv"), start);

    assertThat(stored.get(0).serverTime()).isEqualTo(start);
    assertThat(stored.get(3).serverTime())
        .isEqualTo(
            start.plusMillis(stored.get(3).timecodeMillis() - stored.get(0).timecodeMillis()));
  }

  private static String last(List<String> acks) {
    return acks.get(acks.size() - 1);
  }

  private List<String> put(byte[] media) throws Exception {
    return put("dock", media);
  }

  /** Puts media, and reads all acknowledgements until the answer ends, in whatever way. */
  private List<String> put(String stream, byte[] media) throws Exception {
    try (PutClient producer = PutClient.to(service)) {
      assertThat(producer.open(stream, "RELATIVE")).isEqualTo(200);
      try {
        producer.send(media);
        producer.end();
      } catch (IOException e) {
        // The service ends the connection when it has told what is wrong.
      }
      List<String> acks = new ArrayList<>();
      try {
        for (String ack = producer.ack(); ack != null; ack = producer.ack()) {
          acks.add(ack);
        }
      } catch (IOException e) {
        // It was cut.
      }
      return acks;
    } finally {
      long end = System.nanoTime() + 5_000_000_000L;
      while (service.connections(stream, KvsOperation.PUT_MEDIA) > 0) {
        assertThat(System.nanoTime()).isLessThan(end);
        Thread.sleep(1);
      }
    }
  }
}
