package io.videoml.kvs.produce;

import io.videoml.kvs.client.KvsFailure;
import io.videoml.kvs.client.KvsFailure.Remedy;
import io.videoml.kvs.mux.FragmentBytes;
import io.videoml.kvs.putmedia.Ack;
import io.videoml.kvs.putmedia.PutMediaSession;
import io.videoml.source.SourceException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One session: which fragments go, in what order, and which of them the service has not spoken of.
 *
 * <p>Threading: the uploader's.
 */
final class OpenSession {
  private static final byte[] MARK = FragmentBytes.tags(Map.of(KvsProducer.DUPLICATE_TAG, "1"));
  private static final byte[] END = FragmentBytes.endOfFragment();
  private static final long PACE_NANOS = Duration.ofMillis(220).toNanos(); // 5 a second at most
  private static final long QUIET_NANOS = Duration.ofSeconds(20).toNanos(); // the service: 30
  private static final long GOODBYE_NANOS = Duration.ofSeconds(2).toNanos();

  private final WriterSettings settings;
  private final FragmentStore store;
  private final Counters counters;
  private final Consumer<ProducerEvent> events;
  private final SessionInbox inbox;
  private final PutMediaSession session;
  private final Fragment first;
  private final long beganNanos;
  private final Map<Long, Fragment> unanswered = new LinkedHashMap<>(); // by timecode
  private boolean accepted;
  private boolean headerSent;
  private @Nullable Fragment current;
  private int piece; // of the current one
  private long reached = FragmentStore.NONE; // the last fragment that left
  private long reachedMillis = Long.MIN_VALUE; // its timecode
  private boolean endOwed; // the last fragment was not ended by another
  private boolean finishing;
  private long finishedNanos;
  private long sentNanos; // when something left last
  private long nextNanos; // when the next fragment may begin
  private long blockedNanos; // since when the network takes nothing
  private boolean blocked;

  OpenSession(
      WriterSettings settings,
      FragmentStore store,
      Counters counters,
      Consumer<ProducerEvent> events,
      SessionInbox inbox,
      PutMediaSession session,
      Fragment first,
      long now) {
    this.settings = settings;
    this.store = store;
    this.counters = counters;
    this.events = events;
    this.inbox = inbox;
    this.session = session;
    this.first = first;
    this.beganNanos = now;
    this.sentNanos = now;
    this.nextNanos = now;
  }

  SessionInbox inbox() {
    return inbox;
  }

  boolean accepted() {
    return accepted;
  }

  /** Returns whether the service accepted it since this was asked last. */
  boolean becameAccepted() {
    boolean now = inbox.accepted() && !accepted;
    accepted |= now;
    return now;
  }

  /** Returns which fragment is spoken of; null where it is none of this session, or not said. */
  @Nullable Fragment find(Ack ack) {
    return ack.timecodeMillis().isPresent()
        ? unanswered.get(ack.timecodeMillis().getAsLong())
        : null;
  }

  /** Returns the oldest that the service has not spoken of, if any. */
  @Nullable Fragment oldest() {
    return unanswered.isEmpty() ? null : unanswered.values().iterator().next();
  }

  /** Notes that a fragment is stored; returns false where that cannot be. */
  boolean stored(Fragment fragment) {
    return fragment != current && unanswered.remove(fragment.timecodeMillis, fragment);
  }

  /** Returns whether nothing is missing of what it was to do. */
  boolean done() {
    return finishing && unanswered.isEmpty();
  }

  /**
   * Sends what can be sent.
   *
   * @return after how many nanoseconds there is something to do, even if nothing happens
   */
  long pump(long now) {
    while (!finishing && session.ready() && advance(now)) {
      blocked = false;
      sentNanos = now;
    }
    boolean stuck = !finishing && !session.ready();
    if (stuck && !blocked) {
      blockedNanos = now;
    }
    blocked = stuck;
    return Math.max(nextDeadline(now) - now, 0);
  }

  /** Returns what is wrong, if the service was silent for too long. */
  Optional<KvsFailure> dead(long now) {
    long patience = settings.ackTimeout().toNanos();
    unanswered.values().removeIf(each -> each != current && store.dropped(each));
    Fragment waiting = oldest();
    boolean wordless =
        waiting != null && waiting != current && now - waiting.handedOverNanos >= patience;
    Fragment leaving = current;
    if (leaving != null && store.dropped(leaving)) {
      return silent("a fragment was given up while it left");
    }
    if (wordless) {
      return silent("no word that a fragment is stored");
    }
    if (blocked && now - blockedNanos >= patience) {
      return silent("the network takes nothing");
    }
    if (!accepted && now - beganNanos >= patience) {
      return silent("the service does not answer");
    }
    return Optional.empty();
  }

  /** Returns whether it can be left: all is stored, and the service had time to say goodbye. */
  boolean finished(long now) {
    return done() && now - finishedNanos >= GOODBYE_NANOS;
  }

  void close() {
    session.close();
  }

  /** Sends one thing; returns false where there is nothing to send now. */
  private boolean advance(long now) {
    if (!headerSent) {
      headerSent = true;
      send(first.header);
      return true;
    }
    Fragment fragment = current;
    if (fragment == null) {
      return next(now);
    }
    if (store.dropped(fragment)) {
      return false; // half of it left: the session is over
    }
    byte[] bytes = store.piece(fragment, piece);
    if (bytes != null) {
      piece++;
      send(bytes);
      return true;
    }
    if (!store.whole(fragment, piece)) {
      return false;
    }
    if (fragment.duplicate && !fragment.marked) {
      fragment.marked = true;
      send(MARK);
      return true;
    }
    fragment.handedOverNanos = now;
    store.handedOver(fragment);
    reached = fragment.sequence;
    reachedMillis = fragment.timecodeMillis;
    current = null;
    endOwed = true;
    return true;
  }

  private boolean next(long now) {
    Fragment fragment = store.after(reached);
    boolean other =
        fragment != null
            && (fragment.run != first.run
                || fragment.timecodeMillis <= reachedMillis // 4004, or two of one name
                || !Arrays.equals(fragment.header, first.header));
    boolean late = now - beganNanos >= settings.rotation().toNanos();
    boolean quiet = fragment == null && now - sentNanos >= QUIET_NANOS;
    if (fragment == null || other || late || quiet) {
      if (endOwed) {
        endOwed = false;
        send(END);
        return true;
      }
      if (other || late || quiet) {
        finishing = true;
        finishedNanos = now;
        session.finish();
      }
      return false;
    }
    if (now - nextNanos < 0) {
      return false;
    }
    try {
      store.send(fragment);
    } catch (IOException e) {
      if (!store.dropped(fragment)) { // else its file went with it
        store.damaged(fragment, String.valueOf(e.getMessage()));
      }
      return true;
    }
    begin(fragment, now);
    return true;
  }

  private void begin(Fragment fragment, long now) {
    current = fragment;
    piece = 0;
    endOwed = false;
    nextNanos = now + PACE_NANOS;
    fragment.marked = false;
    fragment.duplicate = store.maybeStored(fragment);
    unanswered.put(fragment.timecodeMillis, fragment);
    if (fragment.sends > 1 || fragment.duplicate) {
      counters.fragmentsResent.increment();
      if (fragment.duplicate) {
        counters.possibleDuplicates.increment();
      }
      events.accept(new ProducerEvent.Resent(store.info(fragment), fragment.duplicate));
    }
  }

  private void send(byte[] bytes) {
    counters.bytesSent.add(bytes.length);
    session.send(ByteBuffer.wrap(bytes));
  }

  private long nextDeadline(long now) {
    long patience = settings.ackTimeout().toNanos();
    long deadline = accepted ? now + QUIET_NANOS : beganNanos + patience;
    Fragment waiting = oldest();
    if (waiting != null && waiting != current) {
      deadline = Math.min(deadline, waiting.handedOverNanos + patience);
    }
    if (blocked) {
      deadline = Math.min(deadline, blockedNanos + patience);
    }
    if (finishing) {
      return Math.min(deadline, finishedNanos + GOODBYE_NANOS);
    }
    if (current == null && now - nextNanos < 0) {
      deadline = Math.min(deadline, nextNanos);
    }
    return current == null ? Math.min(deadline, sentNanos + QUIET_NANOS) : deadline;
  }

  private static Optional<KvsFailure> silent(String message) {
    return Optional.of(new KvsFailure(Remedy.NEW_ENDPOINT, Kind.STALLED, "silent", message, null));
  }
}
