package io.videoml.testkit.kvs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** A client over a plain socket: one connection, one request, whatever it is told to say. */
final class RawClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TIMEOUT_MILLIS = 10_000;

  final Socket socket;
  private final KvsStandIn service;
  private final InputStream in;
  String accessKey;
  String secretKey;
  Instant at = Instant.now();
  final Map<String, String> extra = new LinkedHashMap<>();
  final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private boolean ended;
  private int chunkLeft;
  private boolean firstChunk = true;

  RawClient(KvsStandIn service) throws IOException {
    this(service, new Socket("127.0.0.1", service.port()));
  }

  RawClient(KvsStandIn service, Socket connected) throws IOException {
    this.service = service;
    socket = connected;
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new java.io.BufferedInputStream(socket.getInputStream());
    accessKey = service.accessKey();
    secretKey = service.secretKey();
  }

  /** Sends a request and reads its whole answer. */
  static Answer call(KvsStandIn service, String path, Object body) throws Exception {
    try (RawClient client = new RawClient(service)) {
      return client.call(path, body);
    }
  }

  record Answer(int status, String type, byte[] bytes) {
    JsonNode json() throws IOException {
      return JSON.readTree(bytes);
    }
  }

  Answer call(String path, Object body) throws Exception {
    int status = post(path, JSON.writeValueAsBytes(body));
    return new Answer(status, headers.getOrDefault("x-amzn-ErrorType", ""), body().readAllBytes());
  }

  /** Sends a signed request; returns the status when the head of the answer is there. */
  int post(String path, byte[] body) throws Exception {
    Map<String, String> signed = signedHeaders();
    send(path, signed, Signer.hash(body), "Content-Length: " + body.length + "\r\n");
    write(body);
    return readHead();
  }

  Map<String, String> signedHeaders() {
    Map<String, String> signed = new LinkedHashMap<>();
    signed.put("Host", "127.0.0.1:" + service.port());
    signed.put("X-Amz-Date", Signer.DATE.format(at));
    signed.putAll(extra);
    return signed;
  }

  /** Sends the head: these headers, signed, and others. */
  void send(String path, Map<String, String> signed, String payloadHash, String others)
      throws Exception {
    StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\n");
    signed.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    String authorization =
        Signer.authorization(path, signed, payloadHash, accessKey, secretKey, service.region(), at);
    head.append("Authorization: " + authorization + "\r\n" + others + "\r\n");
    write(head.toString().getBytes(StandardCharsets.UTF_8));
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  int readHead() throws IOException {
    String status = line();
    headers.clear();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    return Integer.parseInt(status.split(" ")[1]);
  }

  /** Returns the body of the answer; it fails if it is cut. */
  InputStream body() {
    if (!"chunked".equals(headers.get("transfer-encoding"))) {
      int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
      chunkLeft = length;
    }
    boolean chunked = "chunked".equals(headers.get("transfer-encoding"));
    return new InputStream() {
      @Override
      public int read() throws IOException {
        if (ended) {
          return -1;
        }
        if (chunkLeft == 0) {
          if (!chunked) {
            ended = true;
            return -1;
          }
          if (!firstChunk) {
            line();
          }
          firstChunk = false;
          chunkLeft = Integer.parseInt(line(), 16);
          if (chunkLeft == 0) {
            line();
            ended = true;
            return -1;
          }
        }
        int next = in.read();
        if (next < 0) {
          throw new IOException("cut within the body");
        }
        chunkLeft--;
        return next;
      }

      @Override
      public int read(byte[] into, int from, int length) throws IOException {
        int first = length == 0 ? 0 : read();
        if (first < 0 || length == 0) {
          return length == 0 ? 0 : -1;
        }
        into[from] = (byte) first;
        int more = Math.min(length - 1, Math.min(chunkLeft, in.available()));
        int read = more == 0 ? 0 : in.read(into, from + 1, more);
        chunkLeft -= read;
        return 1 + read;
      }
    };
  }

  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the connection ended");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
