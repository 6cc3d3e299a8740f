package io.videoml.testkit.kvs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.testkit.kvs.faults.AckType;
import io.videoml.testkit.kvs.faults.Fault;
import io.videoml.testkit.kvs.faults.KvsOperation;
import io.videoml.testkit.kvs.faults.PutMoment;
import io.videoml.testkit.kvs.http.Ending;
import io.videoml.testkit.kvs.media.StoredFragment;
import io.videoml.testkit.kvs.media.StoredFrame;
import io.videoml.testkit.kvs.service.KvsLimits;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class KvsStandInPutTest {
  private KvsStandIn service;

  @BeforeEach
  void start() {
    start(KvsLimits.aws());
  }

  private void start(KvsLimits limits) {
    if (service != null) {
      service.close();
    }
    service = KvsStandIn.builder().limits(limits).start();
    service.createStream("dock");
  }

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void putMedia_ofTheOfficialProducer_storesAndAcknowledgesEachFragment() throws Exception {
    byte[] media = Captures.read("gen-kvssink-h264-aac-putmedia.mkv");
    try (PutClient producer = PutClient.to(service)) {
      assertThat(producer.open("dock", "ABSOLUTE")).isEqualTo(200);
      producer.send(media);
      producer.end();

      List<String> acks = producer.acks();
      List<StoredFragment> stored = service.fragments("dock");

      assertThat(frames(stored)).hasSize(423);
      assertThat(stored).hasSize(3);
      assertThat(acks).hasSize(9);
      StoredFragment first = stored.get(0);
      assertThat(acks.subList(0, 3))
          .containsExactly(
              ack("BUFFERING", first), ack("RECEIVED", first), ack("PERSISTED", first));
      assertThat(first.producerTime()).isEqualTo(Instant.ofEpochMilli(first.timecodeMillis()));
    }
  }

  @Test
  void putMedia_whileItIsSent_acknowledgesAlready() throws Exception {
    byte[] media = Captures.read("clusters.mkv");
    try (PutClient producer = PutClient.to(service)) {
      producer.open("dock", "RELATIVE");
      producer.send(media, media.length / 2);

      assertThat(producer.ack()).contains("BUFFERING");
      assertThat(producer.ack()).contains("RECEIVED");
      assertThat(producer.ack()).contains("PERSISTED");
      assertThat(service.connections("dock", KvsOperation.PUT_MEDIA)).isEqualTo(1);
      assertThat(service.fragments("dock").get(0).producerTime())
          .isEqualTo(Instant.ofEpochMilli(1511852108500L));
    }
  }

  @Test
  void putMedia_second_isRefused() throws Exception {
    try (PutClient one = PutClient.to(service);
        PutClient other = PutClient.to(service)) {
      assertThat(one.open("dock", "ABSOLUTE")).isEqualTo(200);
      assertThat(other.open("dock", "ABSOLUTE")).isEqualTo(400);
      assertThat(other.client.headers.get("x-amzn-ErrorType"))
          .isEqualTo("ConnectionLimitExceededException");
    }
  }

  @Test
  void putMedia_cutInTheMiddle_losesTheOpenFragmentOnly() throws Exception {
    byte[] media = Captures.read("clusters.mkv");
    try (PutClient producer = PutClient.to(service)) {
      producer.open("dock", "RELATIVE");
      producer.send(media, media.length - 100_000);
      producer.client.socket.shutdownOutput();

      List<String> acks = producer.acks();

      assertThat(acks.get(acks.size() - 1)).contains("\"ErrorId\":4000");
      assertThat(service.fragments("dock")).hasSizeBetween(6, 7);
    }
  }

  @Test
  void putMedia_timecodesGoBack_isTold4004() throws Exception {
    byte[] media = Captures.read("output-get-media-equal-timecode.mkv");
    byte[] again = Captures.read("clusters.mkv");
    try (PutClient producer = PutClient.to(service)) {
      producer.open("dock", "RELATIVE");
      producer.send(clusters(again, again));

      List<String> acks = producer.acks();

      assertThat(media).isNotEmpty();
      assertThat(acks.get(acks.size() - 1))
          .contains("\"ErrorId\":4004")
          .contains("FRAGMENT_TIMECODE_LESSER_THAN_PREVIOUS");
    }
  }

  @Test
  void putMedia_noMatroska_isTold4006() throws Exception {
    try (PutClient producer = PutClient.to(service)) {
      producer.open("dock", "ABSOLUTE");
      producer.send("This is not Matroska at all.".getBytes());

      assertThat(producer.acks()).hasSize(1).first().asString().contains("\"ErrorId\":4006");
    }
  }

  @Test
  void putMedia_sessionIsOver_isTold4003() throws Exception {
    start(KvsLimits.aws().session(Duration.ofSeconds(1)).idleAck(Duration.ofMillis(50)));
    try (PutClient producer = PutClient.to(service)) {
      producer.open("dock", "ABSOLUTE");

      List<String> acks = producer.acks();

      assertThat(acks).contains("{\"EventType\":\"IDLE\"}");
      assertThat(acks.get(acks.size() - 1)).contains("\"ErrorId\":4003");
    }
  }

  @Test
  void putMedia_silentProducer_isLeft() throws Exception {
    start(KvsLimits.aws().putIdle(Duration.ofMillis(100)));
    try (PutClient producer = PutClient.to(service)) {
      producer.open("dock", "ABSOLUTE");

      assertThat(producer.acks()).isEmpty();
    }
  }

  @Test
  void putMedia_limits_areKept() throws Exception {
    byte[] media = Captures.read("clusters.mkv");
    assertThat(errorOf(KvsLimits.aws().largestFragment(10_000), media)).contains(":4001,");
    assertThat(errorOf(KvsLimits.aws().longestFragment(Duration.ofMillis(500)), media))
        .contains(":4002,");
    assertThat(errorOf(KvsLimits.aws().tracks(0), media)).contains(":4012,");
  }

  private String errorOf(KvsLimits limits, byte[] media) throws Exception {
    start(limits);
    try (PutClient producer = PutClient.to(service)) {
      producer.open("dock", "RELATIVE");
      try {
        producer.send(media);
        producer.end();
      } catch (IOException e) {
        // The service closes when it has told what is wrong.
      }
      List<String> acks = producer.acks();
      return acks.get(acks.size() - 1);
    }
  }

  @Test
  void putMedia_cutAfterStoring_leavesTheFragmentUnacknowledged() throws Exception {
    byte[] media = Captures.read("clusters.mkv");
    service
        .faults()
        .next(KvsOperation.PUT_MEDIA, new Fault.CutPut(1, PutMoment.STORED, Ending.RESET));
    try (PutClient producer = PutClient.to(service)) {
      producer.open("dock", "RELATIVE");
      producer.send(media, media.length / 2);

      List<String> acks = new ArrayList<>();
      assertThatThrownBy(
              () -> {
                while (true) {
                  acks.add(producer.ack());
                }
              })
          .isInstanceOf(IOException.class);
      assertThat(service.fragments("dock")).hasSize(2);
    }
  }

  @Test
  void putMedia_faultsOfAcks_comeAsOrdered() throws Exception {
    byte[] media = Captures.read("clusters.mkv");
    service
        .faults()
        .next(
            KvsOperation.PUT_MEDIA,
            new Fault.LoseAcks(Set.of(AckType.BUFFERING, AckType.RECEIVED)),
            new Fault.ErrorAck(2, 5001, /* stored= */ true));
    try (PutClient producer = PutClient.to(service)) {
      producer.open("dock", "RELATIVE");
      producer.send(media, media.length / 2);

      List<String> acks = producer.acks();

      assertThat(acks).hasSize(3);
      assertThat(acks.get(1)).contains("PERSISTED");
      assertThat(acks.get(2)).contains("\"ErrorId\":5001,\"ErrorCode\":\"ARCHIVAL_ERROR\"");
      assertThat(service.fragments("dock")).hasSize(3);
    }
  }

  private static List<StoredFrame> frames(List<StoredFragment> fragments) throws IOException {
    List<StoredFrame> frames = new ArrayList<>();
    for (StoredFragment fragment : fragments) {
      frames.addAll(fragment.frames());
    }
    return frames;
  }

  private static String ack(String type, StoredFragment fragment) {
    return "{\"EventType\":\"%s\",\"FragmentTimecode\":%d,\"FragmentNumber\":\"%s\"}"
        .formatted(type, fragment.timecodeMillis(), fragment.number());
  }

  /** A document, and the clusters of another without its head. */
  private static byte[] clusters(byte[] one, byte[] other) {
    int cluster = 0;
    while (!(other[cluster] == 0x1F
        && other[cluster + 1] == 0x43
        && other[cluster + 2] == (byte) 0xB6
        && other[cluster + 3] == 0x75)) {
      cluster++;
    }
    byte[] both = java.util.Arrays.copyOf(one, one.length + other.length - cluster);
    System.arraycopy(other, cluster, both, one.length, other.length - cluster);
    return both;
  }
}
