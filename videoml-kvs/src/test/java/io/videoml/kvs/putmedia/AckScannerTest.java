package io.videoml.kvs.putmedia;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AckScannerTest {
  private static final String RECEIVED =
      "{\"EventType\":\"RECEIVED\",\"FragmentTimecode\":1762345678123,\"FragmentNumber\":\"91343852333181432392682062607743920099999999999\"}";
  private static final String ERROR =
      "{\"EventType\":\"ERROR\",\"FragmentTimecode\":12,\"ErrorId\":4002,\"ErrorCode\":\"MAX_FRAGMENT_DURATION_REACHED\"}";

  private final List<Ack> acks = new ArrayList<>();
  private final AckScanner scanner = new AckScanner(acks::add);

  @Test
  void feed_receivedAck_readsItsFields() {
    feed(RECEIVED);

    assertThat(acks)
        .containsExactly(
            new Ack(
                Ack.Type.RECEIVED,
                OptionalLong.of(1762345678123L),
                Optional.of("91343852333181432392682062607743920099999999999"),
                0,
                ""));
  }

  @Test
  void feed_withoutNewlinesInBytes_findsEach() {
    for (byte each : (RECEIVED + ERROR + "\r\n" + RECEIVED).getBytes(UTF_8)) {
      scanner.feed(ByteBuffer.wrap(new byte[] {each}));
    }

    assertThat(acks)
        .extracting(Ack::type)
        .containsExactly(Ack.Type.RECEIVED, Ack.Type.ERROR, Ack.Type.RECEIVED);
    assertThat(acks.get(1).error()).isEqualTo("4002 MAX_FRAGMENT_DURATION_REACHED");
  }

  @Test
  void feed_wrappedAsDocumented_readsItsFields() {
    feed("{ \"Acknowledgement\" : { \"EventType\": \"PERSISTED\",\n \"FragmentTimecode\" : 7 } }");

    assertThat(acks.get(0).type()).isEqualTo(Ack.Type.PERSISTED);
    assertThat(acks.get(0).timecodeMillis()).hasValue(7);
  }

  @Test
  void feed_bracesAndQuotesInText_areText() {
    feed(
        "{\"EventType\":\"ERROR\",\"ErrorId\":4999,\"ErrorCode\":\"NEW \\\"}{ \\u0041 \\\\\"}"
            + RECEIVED);

    assertThat(acks).hasSize(2);
    assertThat(acks.get(0).errorCode()).isEqualTo("NEW \"}{ A \\");
    assertThat(acks.get(0).verdict()).isEqualTo(Verdict.RESEND_A_FEW_TIMES);
  }

  @Test
  void feed_idleAndUnknown_haveNoFragment() {
    feed("{\"EventType\":\"IDLE\"}{\"EventType\":\"LATER\",\"FragmentTimecode\":null}");

    assertThat(acks).extracting(Ack::type).containsExactly(Ack.Type.IDLE, Ack.Type.OTHER);
    assertThat(acks.get(1).timecodeMillis()).isEmpty();
  }

  @Test
  void feed_anObjectThatNeverEnds_isPassedOver() {
    feed("{\"" + "x".repeat(100_000) + "\"}");
    feed(RECEIVED);

    assertThat(acks).extracting(Ack::type).contains(Ack.Type.RECEIVED);
  }

  @Test
  void feed_mutatedBytes_neverThrows() {
    Random random = new Random(4);
    byte[] good = (RECEIVED + ERROR).getBytes(UTF_8);
    for (int i = 0; i < 20_000; i++) {
      byte[] bad = Arrays.copyOf(good, good.length);
      for (int j = 0; j < 4; j++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      scanner.feed(ByteBuffer.wrap(bad));
    }

    assertThat(acks).isNotEmpty();
  }

  @Test
  void verdict_ofEachError_followsTheTable() {
    assertThat(List.of(4001, 4002, 4007, 4009, 4012))
        .allMatch(id -> Verdict.of(id, "") == Verdict.DROP);
    assertThat(List.of(4004, 4006, 4010, 4011))
        .allMatch(id -> Verdict.of(id, "") == Verdict.DROP_IF_REPEATED);
    assertThat(List.of(4000, 4003, 5000, 5001))
        .allMatch(id -> Verdict.of(id, "") == Verdict.RESEND);
    assertThat(List.of(4008, 4500, 4506)).allMatch(id -> Verdict.of(id, "") == Verdict.STOP);
    assertThat(Verdict.of(0, "KMS_KEY_DISABLED")).isEqualTo(Verdict.STOP);
    assertThat(Verdict.of(0, "ARCHIVAL_ERROR")).isEqualTo(Verdict.RESEND);
  }

  private void feed(String text) {
    scanner.feed(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }
}
