package io.videoml.testkit.kvs.operations;

import io.videoml.testkit.kvs.faults.Fault;
import io.videoml.testkit.kvs.faults.FaultyOutput;
import io.videoml.testkit.kvs.faults.RequestFaults;
import io.videoml.testkit.kvs.http.HttpExchange;
import io.videoml.testkit.kvs.media.AwsTags;
import io.videoml.testkit.kvs.media.StoredFragment;
import io.videoml.testkit.kvs.service.ServiceContext;
import io.videoml.testkit.kvs.store.LiveFragment;
import io.videoml.testkit.kvs.store.StoredStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One answer of GetMedia: follows a stream until time, silence, the client or a fault ends it. */
final class MediaSession {
  private static final Duration POLL = Duration.ofMillis(50);

  private final ServiceContext context;
  private final StoredStream stream;
  private final RequestFaults faults;
  private final FaultyOutput out;
  private final AtomicBoolean gone = new AtomicBoolean();
  private final long sessionEnd;
  private int sent;

  MediaSession(
      ServiceContext context, StoredStream stream, RequestFaults faults, FaultyOutput out) {
    this.context = context;
    this.stream = stream;
    this.faults = faults;
    this.out = out;
    this.sessionEnd = System.nanoTime() + context.limits().session().toNanos();
  }

  void write(byte[] document) throws IOException {
    out.write(document);
  }

  void follow(HttpExchange exchange, String after) throws IOException, InterruptedException {
    exchange.beside(
        () -> {
          exchange.awaitPeer();
          gone.set(true);
        });
    long idleEnd = System.nanoTime() + context.limits().mediaIdle().toNanos();
    String last = after;
    while (!ordered() && !over()) {
      Optional<StoredFragment> next = stream.awaitAfter(last, POLL, context.frameByFrame());
      Optional<LiveFragment> arriving =
          next.isEmpty() && context.frameByFrame() ? stream.arriving(last) : Optional.empty();
      if (next.isPresent()) {
        last = next.get().number();
        send(next.get());
      } else if (arriving.isPresent()) {
        last = arriving.get().opening().number();
        if (!send(arriving.get())) {
          return;
        }
      } else if (System.nanoTime() - idleEnd >= 0) {
        return;
      } else {
        continue;
      }
      idleEnd = System.nanoTime() + context.limits().mediaIdle().toNanos();
    }
  }

  private boolean over() {
    return gone.get() || stream.deleted() || System.nanoTime() - sessionEnd >= 0;
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

  /** Sends a fragment while it arrives; returns whether another may follow. */
  private boolean send(LiveFragment fragment) throws IOException, InterruptedException {
    armCut();
    int offset = 0;
    while (!over()) {
      boolean ended = fragment.ended();
      byte[] more = fragment.awaitFrom(offset, POLL);
      out.write(more);
      offset += more.length;
      if (ended && more.length == 0) {
        break;
      }
    }
    if (!fragment.complete()) {
      // Without a token, as a fragment that was cut; a size that is not kept leaves no way on.
      return fragment.ended() && !fragment.knownSize();
    }
    token(fragment.opening().number(), fragment.opening().serverTime());
    sent++;
    return true;
  }

  private void armCut() {
    faults
        .first(Fault.CutFragment.class, cut -> cut.fragment() == sent)
        .ifPresent(cut -> out.cutAfter(cut.bytes(), cut.how()));
  }

  private void send(StoredFragment fragment) throws IOException {
    int index = sent;
    armCut();
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
      token(fragment.number(), fragment.serverTime());
    }
  }

  private void token(String number, Instant serverTime) throws IOException {
    long behind = Duration.between(serverTime, context.clock().instant()).toMillis();
    out.write(AwsTags.after(number, Math.max(0, behind)));
  }
}
