package io.videoml.kvs.produce;

import io.videoml.kvs.client.KvsFailure;
import io.videoml.kvs.client.KvsFailure.Remedy;
import io.videoml.kvs.produce.ProducerEvent.Cause;
import io.videoml.kvs.putmedia.Ack;
import io.videoml.kvs.putmedia.PutMediaService;
import io.videoml.kvs.putmedia.PutMediaSession;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends what the store holds, over as many sessions as it takes: the service's rules of what to do
 * after what. It never waits but for the service's addresses; whoever drives it does.
 *
 * <p>Threading: one thread.
 */
final class Uploader {
  static final long NEVER = Long.MAX_VALUE;

  private final String who;
  private final WriterSettings settings;
  private final FragmentStore store;
  private final PutMediaService service;
  private final Counters counters;
  private final Consumer<ProducerEvent> events;
  private final Runnable wake;
  private final LongSupplier nanos;
  private final Retries retries;
  private @Nullable OpenSession session;
  private @Nullable Boolean retains;
  private long retryAt;
  private boolean stopped;

  /**
   * @param wake called when something happened
   */
  Uploader(
      String who,
      WriterSettings settings,
      FragmentStore store,
      PutMediaService service,
      Counters counters,
      Consumer<ProducerEvent> events,
      Runnable wake,
      LongSupplier nanos,
      Retries retries) {
    this.who = who;
    this.settings = settings;
    this.store = store;
    this.service = service;
    this.counters = counters;
    this.events = events;
    this.wake = wake;
    this.nanos = nanos;
    this.retries = retries;
    this.retryAt = nanos.getAsLong();
  }

  /** Does what can be done now; returns after how many nanoseconds there is more, at the latest. */
  long step() {
    while (!stopped) {
      long now = nanos.getAsLong(); // each time, since beginning can take long
      OpenSession open = session;
      if (open == null) {
        Fragment first = store.after(FragmentStore.NONE);
        if (first == null) {
          return NEVER;
        }
        if (now - retryAt < 0) {
          return retryAt - now;
        }
        begin(first);
      } else if (read(open, now)) {
        long wait = open.pump(now);
        Optional<KvsFailure> dead = open.dead(now);
        if (dead.isPresent()) {
          lose(open, dead.get(), now);
        } else if (open.finished(now)) {
          leave(open, now);
        } else {
          return wait;
        }
      }
    }
    return NEVER;
  }

  /** Cuts the connection; what is not stored stays in the store. */
  void close() {
    stopped = true;
    OpenSession open = session;
    session = null;
    if (open != null) {
      open.close();
    }
  }

  private void begin(Fragment first) {
    try {
      if (retains == null) {
        retains = service.retains();
      }
      SessionInbox inbox = new SessionInbox(wake);
      PutMediaSession opened = service.open(first.timecodeMillis, inbox);
      long now = nanos.getAsLong();
      session = new OpenSession(settings, store, counters, events, inbox, opened, first, now);
    } catch (RuntimeException e) { // of the SDK's too, which are not all told
      failed(KvsFailure.of(e), nanos.getAsLong());
    }
  }

  /** Returns whether the session goes on after what came of it. */
  private boolean read(OpenSession open, long now) {
    boolean ended = open.inbox().ended(); // asked first: what came before is there by now
    if (open.becameAccepted()) {
      counters.sessions.increment();
      retries.accepted();
      events.accept(new ProducerEvent.Connected());
    }
    Ack ack;
    while ((ack = open.inbox().next()) != null) {
      if (!take(open, ack, now)) {
        return false;
      }
    }
    if (!ended) {
      return true;
    }
    if (open.inbox().failure().isEmpty() && open.done()) {
      leave(open, now);
    } else {
      lose(open, open.inbox().failure().orElseGet(Uploader::ended), now);
    }
    return false;
  }

  private boolean take(OpenSession open, Ack ack, long now) {
    Fragment fragment = open.find(ack);
    switch (ack.type()) {
      case RECEIVED -> {
        if (fragment != null) {
          store.received(fragment);
          if (Boolean.FALSE.equals(retains)) {
            stored(open, fragment, ack);
          }
        }
      }
      case PERSISTED -> {
        if (fragment != null) {
          stored(open, fragment, ack);
        }
      }
      case ERROR -> {
        refuse(open, fragment, ack, now);
        return false;
      }
      default -> {}
    }
    return true;
  }

  private void stored(OpenSession open, Fragment fragment, Ack ack) {
    if (open.stored(fragment)) {
      boolean twice = fragment.duplicate;
      store.persisted(fragment);
      retries.healthy();
      events.accept(new ProducerEvent.Persisted(store.info(fragment), ack.number(), twice));
    }
  }

  private void refuse(OpenSession open, @Nullable Fragment named, Ack ack, long now) {
    Fragment fragment = named == null ? open.oldest() : named;
    String what = "the service reports " + ack.error();
    int most =
        switch (ack.verdict()) {
          case DROP -> named == null ? 2 : 1; // who knows which one it means
          case DROP_IF_REPEATED -> 2;
          case RESEND_A_FEW_TIMES -> 5;
          case RESEND -> Integer.MAX_VALUE;
          case STOP -> {
            stop(open, new SourceException(kind(ack), who, what));
            yield Integer.MAX_VALUE;
          }
        };
    if (stopped) {
      return;
    }
    if (fragment != null && ++fragment.refusals >= most) {
      store.drop(fragment, Cause.REFUSED, ack.error());
      retries.healthy(); // the next one is another matter
    }
    KvsFailure failure =
        new KvsFailure(Remedy.RETRY, Kind.NETWORK, Integer.toString(ack.errorId()), what, null);
    lose(open, failure, now);
  }

  private static Kind kind(Ack ack) {
    return ack.errorId() == 4008 || ack.errorCode().startsWith("STREAM")
        ? Kind.NOT_FOUND
        : Kind.AUTHENTICATION;
  }

  private void stop(OpenSession open, SourceException why) {
    session = null;
    open.close();
    store.sessionOver(true);
    end(why);
  }

  private void end(SourceException why) {
    stopped = true;
    counters.lastError = why.getMessage();
    store.end(why);
    events.accept(new ProducerEvent.Failed(why));
  }

  /** The session did what it was to do. */
  private void leave(OpenSession open, long now) {
    session = null;
    open.close();
    store.sessionOver(true);
    retryAt = now;
  }

  private void lose(OpenSession open, KvsFailure failure, long now) {
    session = null;
    open.close();
    boolean silent = failure.kind() == Kind.STALLED;
    store.sessionOver(open.accepted() || silent || failure.kind() == Kind.NETWORK);
    if (silent) {
      retains = null; // whose change may be why no word came
    }
    failed(failure, now);
  }

  private void failed(KvsFailure failure, long now) {
    if (failure.kind() == Kind.CLOSED) { // interrupted
      stopped = true;
      return;
    }
    if (failure.remedy() == Remedy.NEW_ENDPOINT || failure.remedy() == Remedy.NEW_CREDENTIALS) {
      service.forgetEndpoint();
    }
    counters.lastError = failure.message();
    Optional<Duration> delay = retries.after(failure);
    if (delay.isEmpty()) {
      end(failure.toException(who));
      return;
    }
    retryAt = now + delay.get().toNanos();
    events.accept(new ProducerEvent.Disconnected(failure.kind(), failure.message(), delay.get()));
  }

  private static KvsFailure ended() {
    return new KvsFailure(
        Remedy.NEW_ENDPOINT, Kind.ENDED, "ended", "the service ended the session", null);
  }
}
