package io.videoml.testkit.kvs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts media over a plain socket, signed as the C producer does. */
final class PutClient implements AutoCloseable {
  static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  final RawClient client;
  private BufferedReader acks;

  PutClient(RawClient client) {
    this.client = client;
  }

  static PutClient to(KvsStandIn service) throws IOException {
    return new PutClient(new RawClient(service));
  }

  /** Sends the head; returns the status. */
  int open(String stream, String timecodes) throws Exception {
    client.extra.put("x-amzn-stream-name", stream);
    client.extra.put("x-amzn-fragment-timecode-type", timecodes);
    client.extra.put("x-amzn-producer-start-timestamp", "1511852108.5");
    client.extra.put("Transfer-Encoding", "chunked");
    Map<String, String> signed = client.signedHeaders();
    client.send("/putMedia", signed, EMPTY, "");
    int status = client.readHead();
    acks = new BufferedReader(new InputStreamReader(client.body(), StandardCharsets.UTF_8));
    return status;
  }

  void send(byte[] data) throws IOException {
    send(data, data.length);
  }

  void send(byte[] data, int length) throws IOException {
    for (int at = 0; at < length; at += 50_000) {
      int size = Math.min(50_000, length - at);
      client.write((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      client.socket.getOutputStream().write(data, at, size);
      client.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
  }

  void end() throws IOException {
    client.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  String ack() throws IOException {
    return acks.readLine();
  }

  /** Reads to the end of the answer. */
  List<String> acks() throws IOException {
    List<String> all = new ArrayList<>();
    for (String ack = ack(); ack != null; ack = ack()) {
      all.add(ack);
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
