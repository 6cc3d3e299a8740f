package io.videoml.testkit.kvs.put;

import io.videoml.testkit.kvs.faults.AckType;
import java.nio.charset.StandardCharsets;

/**
 * An acknowledgement.
 *
 * @param text the line that is sent
 */
record Ack(AckType type, String text) {

  static Ack of(AckType type, long timecode, String number) {
    return new Ack(
        type,
        "{\"EventType\":\"%s\",\"FragmentTimecode\":%d,\"FragmentNumber\":\"%s\"}"
            .formatted(type, timecode, number));
  }

  static Ack idle() {
    return new Ack(AckType.IDLE, "{\"EventType\":\"IDLE\"}");
  }

  static Ack error(int id, long timecode, String number) {
    return new Ack(
        AckType.ERROR,
        ("{\"EventType\":\"ERROR\",\"FragmentTimecode\":%d,\"FragmentNumber\":\"%s\","
                + "\"ErrorId\":%d,\"ErrorCode\":\"%s\"}")
            .formatted(timecode, number, id, AckError.name(id)));
  }

  /** An error that is about no fragment. */
  static Ack error(int id) {
    return new Ack(
        AckType.ERROR,
        "{\"EventType\":\"ERROR\",\"ErrorId\":%d,\"ErrorCode\":\"%s\"}"
            .formatted(id, AckError.name(id)));
  }

  byte[] line() {
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
