package io.videoml.testkit.kvs.operations;

import io.videoml.testkit.kvs.faults.Fault;
import io.videoml.testkit.kvs.faults.FaultyOutput;
import io.videoml.testkit.kvs.faults.RequestFaults;
import io.videoml.testkit.kvs.http.HttpExchange;
import io.videoml.testkit.kvs.media.AwsTags;
import io.videoml.testkit.kvs.media.StoredFragment;
import io.videoml.testkit.kvs.service.ServiceContext;
import io.videoml.testkit.kvs.store.StoredStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One answer of GetMedia: follows a stream until time, silence, the client or a fault ends it. */
final class MediaSession {
  private static final Duration POLL = Duration.ofMillis(50);

  private final ServiceContext context;
  private final StoredStream stream;
  private final RequestFaults faults;
  private final FaultyOutput out;
  private int sent;

  MediaSession(
      ServiceContext context, StoredStream stream, RequestFaults faults, FaultyOutput out) {
    this.context = context;
    this.stream = stream;
    this.faults = faults;
    this.out = out;
  }

  void write(byte[] document) throws IOException {
    out.write(document);
  }

  void follow(HttpExchange exchange, String after) throws IOException, InterruptedException {
    AtomicBoolean gone = new AtomicBoolean();
    exchange.beside(
        () -> {
          exchange.awaitPeer();
          gone.set(true);
        });
    long sessionEnd = System.nanoTime() + context.limits().session().toNanos();
    long idleEnd = System.nanoTime() + context.limits().mediaIdle().toNanos();
    String last = after;
    while (!ordered() && !gone.get() && !stream.deleted() && System.nanoTime() - sessionEnd < 0) {
      Optional<StoredFragment> next = stream.awaitAfter(last, POLL);
      if (next.isPresent()) {
        send(next.get());
        last = next.get().number();
        idleEnd = System.nanoTime() + context.limits().mediaIdle().toNanos();
      } else if (System.nanoTime() - idleEnd >= 0) {
        return;
      }
    }
  }

  /** Returns whether a fault ends the answer here, in order. */
  private boolean ordered() throws IOException {
    if (faults.first(Fault.EndAfter.class, end -> end.fragments() <= sent).isPresent()) {
      return true;
    }
    Optional<Fault.InBandError> error =
        faults.first(Fault.InBandError.class, found -> found.afterFragments() <= sent);
    if (error.isPresent()) {
      out.write(AwsTags.error(error.get().id(), error.get().code()));
    }
    return error.isPresent();
  }

  private void send(StoredFragment fragment) throws IOException {
    int index = sent;
    faults
        .first(Fault.CutFragment.class, cut -> cut.fragment() == index)
        .ifPresent(cut -> out.cutAfter(cut.bytes(), cut.how()));
    document(fragment);
    sent++;
    if (faults
        .first(Fault.RepeatFragment.class, repeat -> repeat.fragment() == index)
        .isPresent()) {
      document(fragment);
    }
  }

  private void document(StoredFragment fragment) throws IOException {
    out.write(fragment.bytes());
    if (!fragment.facts().verbatim()) {
      long behind = Duration.between(fragment.serverTime(), context.clock().instant()).toMillis();
      out.write(AwsTags.after(fragment.number(), Math.max(0, behind)));
    }
  }
}
