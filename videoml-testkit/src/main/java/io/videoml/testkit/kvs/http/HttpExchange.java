package io.videoml.testkit.kvs.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, on a connection that may carry more.
 *
 * <p>Threading: one thread reads, one writes; {@link #abort} from any.
 */
public final class HttpExchange {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final HttpRequest request;
  private final Connection connection;
  private final BodyInput body;
  private final Instant now;
  private final Consumer<Runnable> threads;
  private boolean continued;
  private boolean keepAlive;
  private int status;
  private Runnable beforeAnswer = () -> {};
  private @Nullable ChunkedOutput chunks;

  HttpExchange(HttpRequest request, Connection connection, Instant now, Consumer<Runnable> threads)
      throws IOException {
    this.threads = threads;
    this.request = request;
    this.connection = connection;
    this.now = now;
    this.body = BodyInput.of(request, connection.in());
    this.keepAlive = !request.hasToken("connection", "close");
  }

  /** Returns the head of the request. */
  public HttpRequest request() {
    return request;
  }

  /** Returns the body of the request, after telling a client that waits for it to send. */
  public InputStream body() throws IOException {
    if (!continued && status == 0 && request.hasToken("expect", "100-continue")) {
      connection.out().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      connection.out().flush();
    }
    continued = true;
    return body;
  }

  /** Runs something in a thread of its own, which ends with the server at the latest. */
  public void beside(Runnable task) {
    threads.accept(task);
  }

  /** Returns when the request came. */
  public Instant at() {
    return now;
  }

  /** Returns the status that was answered; 0 before the answer. */
  public int status() {
    return status;
  }

  /** Has something run when an answer of known length is decided, before the client can know. */
  public void beforeAnswer(Runnable action) {
    beforeAnswer = action;
  }

  /** Answers with a body of known length. */
  public void answer(int code, List<HttpHeader> headers, byte[] content) throws IOException {
    List<HttpHeader> all = new ArrayList<>(headers);
    all.add(new HttpHeader("Content-Length", Integer.toString(content.length)));
    if (!body.ended()) {
      keepAlive = false;
    }
    status = code;
    beforeAnswer.run();
    head(code, all);
    connection.out().write(content);
    connection.out().flush();
  }

  /** Answers with a body in chunks, which ends when it is closed; the connection ends with it. */
  public OutputStream stream(int code, List<HttpHeader> headers) throws IOException {
    List<HttpHeader> all = new ArrayList<>(headers);
    all.add(new HttpHeader("Transfer-Encoding", "chunked"));
    keepAlive = false;
    head(code, all);
    connection.out().flush();
    chunks = new ChunkedOutput(connection.out());
    return chunks;
  }

  /** Breaks the connection off. */
  public void abort(Ending how) {
    keepAlive = false;
    connection.end(how);
  }

  /** Waits until the peer closes or breaks off, or this end does; reads what it still sends. */
  public void awaitPeer() {
    connection.drain();
  }

  /** Returns the socket's own, for settings such as small buffers. */
  public Socket socket() {
    return connection.socket();
  }

  boolean reusable() {
    return keepAlive && body.ended();
  }

  private void head(int code, List<HttpHeader> headers) throws IOException {
    status = code;
    StringBuilder head = new StringBuilder("HTTP/1.1 " + code + " " + Reasons.of(code) + "\r\n");
    head.append("Date: ").append(DATE.format(now)).append("\r\n");
    for (HttpHeader header : headers) {
      head.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    if (!keepAlive) {
      head.append("Connection: close\r\n");
    }
    connection.out().write((head + "\r\n").getBytes(StandardCharsets.UTF_8));
  }
}
