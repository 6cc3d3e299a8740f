package io.videoml.kvs.produce;

import io.videoml.kvs.produce.ProducerEvent.Cause;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The fragments that are not stored yet, in order, within bounds of memory and disk.
 *
 * <p>Threading: one thread puts, one sends, any asks.
 */
final class FragmentStore {
  /** No fragment. */
  static final long NONE = -1;

  private final String who;
  private final WriterSettings settings;
  private final @Nullable Spool spool;
  private final Counters counters;
  private final Consumer<ProducerEvent> events;
  private final Runnable changed;
  private final TreeMap<Long, Fragment> fragments = new TreeMap<>(); // guarded by this, as below
  private long memory;
  private long disk;
  private long removals;
  private long sending = NONE;
  private @Nullable SourceException over;
  private boolean closing;

  /**
   * @param spool null for memory only
   * @param changed called when there is more to send
   */
  FragmentStore(
      String who,
      WriterSettings settings,
      @Nullable Spool spool,
      Counters counters,
      Consumer<ProducerEvent> events,
      Runnable changed) {
    this.who = who;
    this.settings = settings;
    this.spool = spool;
    this.counters = counters;
    this.events = events;
    this.changed = changed;
  }

  /** Takes what an earlier writer left in the spool. */
  synchronized void adopt(List<Fragment> left) {
    for (Fragment each : left) {
      fragments.put(each.sequence, each);
      disk += each.bytes;
    }
  }

  /** Takes a new fragment, to which {@link #append} adds. */
  synchronized void begin(Fragment fragment, byte[] cluster) {
    makeRoom(cluster.length);
    fragments.put(fragment.sequence, fragment);
    add(fragment, cluster);
  }

  /**
   * Adds a frame.
   *
   * @param atMillis when it is
   * @throws SourceException if the writer was closed, has failed, or the thread was interrupted
   */
  void append(Fragment fragment, byte[] frame, long atMillis) {
    synchronized (this) {
      makeRoom(frame.length);
      add(fragment, frame);
      fragment.frames++;
      fragment.lastMillis = Math.max(fragment.lastMillis, atMillis);
    }
    changed.run();
  }

  /** Ends a fragment, and writes it to the spool, if there is one. */
  void seal(Fragment fragment, byte[] tags) {
    List<byte[]> pieces;
    boolean sent;
    synchronized (this) {
      if (tags.length > 0) {
        add(fragment, tags);
      }
      if (fragment.dropped) {
        fragment.sealed = true;
        gaveUp(fragment, Cause.REFUSED, fragment.droppedFor);
        return;
      }
      pieces = fragment.pieces == null ? List.of() : List.copyOf(fragment.pieces);
      sent = fragment.sends > 0;
      try {
        makeRoomOnDisk(fragment.bytes);
      } catch (SourceException e) {
        fragment.sealed = true; // else whoever sends it waits for its rest
        if (fragment.dropped) {
          gaveUp(fragment, Cause.REFUSED, fragment.droppedFor);
        }
        changed.run();
        throw e;
      }
    }
    Spool to = spool;
    boolean written =
        to != null
            && to.works(
                fragment, "it was not written", events, () -> to.write(fragment, pieces, sent));
    boolean sentMeanwhile;
    synchronized (this) {
      fragment.sealed = true;
      fragment.spooled = written;
      sentMeanwhile = written && !sent && fragment.sends > 0;
      disk += written ? fragment.bytes : 0;
      if (fragment.dropped) { // meanwhile
        forget(fragment);
        gaveUp(fragment, Cause.REFUSED, fragment.droppedFor);
      }
      notifyAll();
    }
    if (sentMeanwhile && to != null) {
      to.works(fragment, "it does not say that it left", events, () -> to.sent(fragment));
    }
    changed.run();
  }

  /** Returns the first after a number; null for none. */
  synchronized @Nullable Fragment after(long sequence) {
    Map.Entry<Long, Fragment> next = fragments.higherEntry(sequence);
    return next == null ? null : next.getValue();
  }

  /** Begins to send one: it is not dropped for want of room if others can be. */
  void send(Fragment fragment) throws IOException {
    boolean onDisk;
    boolean there;
    synchronized (this) {
      sending = fragment.sequence;
      fragment.sends++;
      onDisk = fragment.spooled;
      there = fragment.pieces != null;
    }
    if (onDisk && spool != null) {
      byte[] read = there ? null : spool.read(fragment);
      spool.sent(fragment);
      if (read != null) {
        synchronized (this) {
          if (fragment.pieces == null && !fragment.dropped) {
            List<byte[]> pieces = new ArrayList<>();
            pieces.add(read);
            fragment.pieces = pieces;
            memory += read.length;
          }
        }
      }
    }
  }

  /** Returns a piece of what is sent; null where it did not come yet, or all of it came. */
  synchronized byte @Nullable [] piece(Fragment fragment, int index) {
    List<byte[]> pieces = fragment.pieces;
    return pieces != null && index < pieces.size() ? pieces.get(index) : null;
  }

  /** Returns whether so many pieces are all that there will be. */
  synchronized boolean whole(Fragment fragment, int pieces) {
    return fragment.sealed && (fragment.pieces == null || pieces >= fragment.pieces.size());
  }

  synchronized boolean dropped(Fragment fragment) {
    return fragment.dropped;
  }

  synchronized boolean maybeStored(Fragment fragment) {
    return fragment.maybeStored;
  }

  synchronized FragmentInfo info(Fragment fragment) {
    return fragment.info();
  }

  /** All of it was given to the network. */
  synchronized void handedOver(Fragment fragment) {
    fragment.handedOver = true;
    sending = NONE;
    if (memory > settings.memoryBytes() / 2 && fragment.spooled) {
      release(fragment);
    }
  }

  /**
   * The session is over.
   *
   * @param heard whether the service may have stored what it got
   */
  synchronized void sessionOver(boolean heard) {
    sending = NONE;
    for (Fragment each : fragments.values()) {
      each.maybeStored |= heard && each.handedOver;
      each.handedOver = false;
    }
  }

  /** All of it arrived at the service. */
  synchronized void received(Fragment fragment) {
    fragment.maybeStored = true;
  }

  /** It is stored, and need not be kept. */
  void persisted(Fragment fragment) {
    synchronized (this) {
      if (fragments.remove(fragment.sequence) == null) {
        return;
      }
      counters.fragmentsPersisted.increment();
      counters.framesPersisted.add(fragment.frames);
      removals++;
      release(fragment);
      notifyAll();
    }
    forget(fragment);
  }

  /** Gives one up; what still comes of it goes nowhere. */
  void drop(Fragment fragment, Cause cause, String detail) {
    synchronized (this) {
      if (fragments.remove(fragment.sequence) == null) {
        return;
      }
      removals++;
      release(fragment);
      fragment.dropped = true;
      fragment.droppedFor = detail;
      if (fragment.sealed) {
        gaveUp(fragment, cause, detail);
      }
      notifyAll();
    }
    if (cause != Cause.DAMAGED) {
      forget(fragment);
    }
  }

  /** Puts a damaged file aside, and gives its fragment up. */
  void damaged(Fragment fragment, String reason) {
    if (spool != null) {
      spool.putAside(fragment, reason, events);
    }
    drop(fragment, Cause.DAMAGED, reason);
  }

  /** Has whoever waits for room fail; what comes for which there is room is still taken. */
  synchronized void closing() {
    closing = true;
    notifyAll();
  }

  /** Has whoever waits, and whoever puts, fail. */
  synchronized void end(SourceException why) {
    if (over == null) {
      over = why;
    }
    notifyAll();
  }

  /** Waits until all that is there now is stored or given up. */
  synchronized boolean awaitEmpty(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    long last = fragments.isEmpty() ? NONE : fragments.lastKey();
    while (!fragments.isEmpty() && fragments.firstKey() <= last) {
      long left = deadline - System.nanoTime();
      if (left <= 0 || over != null) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }

  /** Returns all that is not stored. */
  synchronized List<Fragment> pending() {
    return List.copyOf(fragments.values());
  }

  /** Gives up what no file keeps, and reports it: the writer is closed. */
  synchronized int giveUpRest() {
    int count = 0;
    for (Fragment each : fragments.values()) {
      if (!each.spooled) {
        gaveUp(each, Cause.CLOSED, each.maybeStored || each.handedOver ? "it may be stored" : "");
        count++;
      }
    }
    return count;
  }

  synchronized ProducerStatistics statistics() {
    long bytes = fragments.values().stream().mapToLong(each -> each.bytes).sum();
    return counters.snapshot(fragments.size(), bytes, memory);
  }

  synchronized void check() {
    if (over != null) {
      throw new SourceException(over.kind(), who, "takes nothing any more: " + over.getMessage());
    }
  }

  private void add(Fragment fragment, byte[] piece) {
    fragment.bytes += piece.length;
    if (fragment.pieces != null && !fragment.dropped) {
      fragment.pieces.add(piece);
      memory += piece.length;
    }
  }

  private void makeRoom(int length) {
    check();
    while (memory + length > settings.memoryBytes()) {
      Fragment cold = spool == null ? null : Victims.toEvict(fragments, sending);
      if (cold != null) {
        release(cold);
      } else if (!free(
          Victims.toDrop(fragments, sending, each -> each.pieces != null, spool == null))) {
        return; // two fragments always fit
      }
    }
  }

  private void makeRoomOnDisk(long length) {
    while (spool != null
        && disk + length > spool.capacity()
        && free(Victims.toDrop(fragments, sending, each -> each.spooled, true))) {}
  }

  /** Gives one up, or waits; returns whether there may be more room now. */
  private boolean free(@Nullable Fragment victim) {
    if (victim == null) {
      return false;
    }
    if (settings.whenFull() == WhenFull.DROP_OLDEST_FRAGMENT) {
      drop(victim, Cause.FULL, "");
      return true;
    }
    try {
      long before = removals;
      while (removals == before && over == null && !closing) {
        wait(1000);
      }
      if (removals == before && closing) {
        throw new SourceException(Kind.CLOSED, who, "no room, and the writer was closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SourceException(Kind.CLOSED, who, "interrupted while it waited for room", e);
    }
    check();
    return true;
  }

  private void release(Fragment fragment) {
    List<byte[]> pieces = fragment.pieces;
    if (pieces != null) {
      for (byte[] each : pieces) {
        memory -= each.length;
      }
      fragment.pieces = null;
    }
  }

  private void gaveUp(Fragment fragment, Cause cause, String detail) {
    counters.fragmentsDropped.increment();
    counters.framesDropped.add(fragment.frames);
    events.accept(new ProducerEvent.Dropped(fragment.info(), cause, detail));
  }

  private void forget(Fragment fragment) {
    Spool from = spool;
    boolean file;
    synchronized (this) {
      file = fragment.spooled;
      fragment.spooled = false;
      disk -= file ? fragment.bytes : 0;
    }
    if (from != null && file) {
      from.works(fragment, "it was not deleted", events, () -> from.delete(fragment));
    }
  }
}
