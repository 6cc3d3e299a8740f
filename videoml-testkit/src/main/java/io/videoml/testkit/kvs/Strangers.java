package io.videoml.testkit.kvs;

import io.videoml.testkit.kvs.http.HttpServer;
import io.videoml.testkit.net.ReservedPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses that are not the service's. */
final class Strangers implements AutoCloseable {
  private final List<HttpServer> servers = new ArrayList<>();
  private @Nullable ReservedPort refusing;

  synchronized URI refusing() {
    if (refusing == null) {
      refusing = ReservedPort.onLoopback();
    }
    return URI.create("http://127.0.0.1:" + refusing.number());
  }

  synchronized URI answering(int status, String type) {
    try {
      HttpServer server =
          HttpServer.start(
              0,
              null,
              Clock.systemUTC(),
              exchange -> Answers.error(exchange, status, type, "not served here"));
      servers.add(server);
      return URI.create("http://127.0.0.1:" + server.port());
    } catch (IOException e) {
      throw new UncheckedIOException("no port for another endpoint", e);
    }
  }

  @Override
  public synchronized void close() {
    servers.forEach(HttpServer::close);
    servers.clear();
    if (refusing != null) {
      refusing.close();
      refusing = null;
    }
  }
}
