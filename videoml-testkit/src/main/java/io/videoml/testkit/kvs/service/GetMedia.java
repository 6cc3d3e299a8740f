package io.videoml.testkit.kvs.service;

import io.videoml.testkit.kvs.faults.KvsOperation;
import io.videoml.testkit.kvs.http.HttpExchange;
import io.videoml.testkit.kvs.http.HttpHeader;
import io.videoml.testkit.kvs.media.AwsTags;
import io.videoml.testkit.kvs.media.StoredFragment;
import io.videoml.testkit.kvs.store.StoredStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Sends fragments, those that are there and those to come. */
final class GetMedia {
  private static final Duration POLL = Duration.ofMillis(50);

  private final ServiceContext context;
  private final Usage usage;

  GetMedia(ServiceContext context, Usage usage) {
    this.context = context;
    this.usage = usage;
  }

  void serve(HttpExchange exchange, Parameters parameters)
      throws ServiceException, IOException, InterruptedException {
    StoredStream stream = context.stream(parameters.stream());
    StartPosition start =
        StartPosition.of(
            parameters
                .object("StartSelector")
                .orElseThrow(() -> ServiceException.invalid("StartSelector is missing")),
            stream);
    String name = stream.info().name();
    usage.request(name, KvsOperation.GET_MEDIA, context.limits().requestsPerSecond());
    usage.connect(name, KvsOperation.GET_MEDIA, context.limits().mediaConnections());
    try (OutputStream out =
        exchange.stream(200, List.of(new HttpHeader("Content-Type", "video/webm")))) {
      if (start.found()) {
        follow(exchange, stream, start.after(), out);
      } else {
        out.write(AwsTags.error(4000, "FRAGMENT_NOT_FOUND"));
      }
    } finally {
      usage.release(name, KvsOperation.GET_MEDIA);
    }
  }

  private void follow(HttpExchange exchange, StoredStream stream, String after, OutputStream out)
      throws IOException, InterruptedException {
    AtomicBoolean gone = new AtomicBoolean();
    exchange.beside(
        () -> {
          exchange.awaitPeer();
          gone.set(true);
        });
    long sessionEnd = System.nanoTime() + context.limits().session().toNanos();
    long idleEnd = System.nanoTime() + context.limits().mediaIdle().toNanos();
    String last = after;
    while (!gone.get() && !stream.deleted() && System.nanoTime() - sessionEnd < 0) {
      Optional<StoredFragment> next = stream.awaitAfter(last, POLL);
      if (next.isPresent()) {
        send(next.get(), out);
        last = next.get().number();
        idleEnd = System.nanoTime() + context.limits().mediaIdle().toNanos();
      } else if (System.nanoTime() - idleEnd >= 0) {
        return;
      }
    }
  }

  private void send(StoredFragment fragment, OutputStream out) throws IOException {
    out.write(fragment.bytes());
    if (!fragment.facts().verbatim()) {
      long behind = Duration.between(fragment.serverTime(), context.clock().instant()).toMillis();
      out.write(AwsTags.after(fragment.number(), Math.max(0, behind)));
    }
  }
}
