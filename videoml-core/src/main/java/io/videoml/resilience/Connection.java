package io.videoml.resilience;

import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.source.StreamInfo;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connection of the moment, if there is one, and what all of them came to so far. One thread
 * opens, reads and drops; any other may end its waits.
 */
final class Connection {
  private final FrameSource source;
  private @Nullable FrameReader reader; // guarded by this, as all below
  private @Nullable Thread opening;
  private @Nullable SourceException stall;
  private boolean interrupting;
  private boolean closed;
  private DecodeDemand demand;
  private StreamInfo last = StreamInfo.UNKNOWN;
  private long delivered;
  private long notDemandedBefore;
  private long bytesBefore;
  private boolean bytesKnown;

  Connection(FrameSource source, DecodeDemand demand) {
    this.source = source;
    this.demand = demand;
  }

  /** Returns the open reader; null where there is none. */
  synchronized @Nullable FrameReader reader() {
    if (closed) {
      throw closedException();
    }
    return reader;
  }

  SourceException closedException() {
    return new SourceException(Kind.CLOSED, source.id(), "is closed");
  }

  synchronized boolean closed() {
    return closed;
  }

  /** Lets others interrupt this thread from now on. */
  synchronized void beginOpening() {
    if (closed) {
      throw closedException();
    }
    stall = null;
    opening = Thread.currentThread();
  }

  /** Takes over what was opened, if anything was and it is still wanted. */
  void endOpening(@Nullable FrameReader opened) {
    DecodeDemand wanted;
    boolean unwanted;
    synchronized (this) {
      opening = null;
      if (interrupting) {
        interrupting = false;
        Thread.interrupted(); // ours, not the caller's
      }
      if (opened == null) {
        return;
      }
      unwanted = closed || stall != null;
      if (!unwanted) {
        reader = opened;
      }
      wanted = demand;
    }
    if (unwanted) {
      opened.close();
      throw closed() ? closedException() : reason(closedException());
    }
    opened.demand(wanted); // it may have changed meanwhile
  }

  /** Ends the connection of the moment as dead; false where that was done, or there is none. */
  boolean stall(SourceException why) {
    FrameReader dead;
    synchronized (this) {
      if (closed || stall != null || (opening == null && reader == null)) {
        return false;
      }
      stall = why;
      dead = reader;
      interruptOpening();
    }
    if (dead != null) {
      Watchdog.aside("videoml-" + source.id() + "-closer", dead::close);
    }
    return true;
  }

  /** Returns why the connection really failed: as dead, where that was found out before. */
  synchronized SourceException reason(SourceException failure) {
    return stall != null ? stall : failure;
  }

  /** Closes the connection of the moment; returns whether there was one. */
  boolean drop() {
    FrameReader dropped;
    synchronized (this) {
      dropped = reader;
      if (dropped == null) {
        return false;
      }
    }
    dropped.close();
    synchronized (this) {
      last = dropped.stream();
      notDemandedBefore += dropped.notDemanded();
      bytesKnown |= dropped.bytesReceived().isPresent();
      bytesBefore += dropped.bytesReceived().orElse(0);
      reader = null;
    }
    return true;
  }

  /** Waits between attempts, until closed at the most. */
  synchronized void await(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    try {
      for (long left = time.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SourceException(
          Kind.CLOSED, source.id(), "interrupted between two attempts to connect", e);
    }
  }

  synchronized void delivered() {
    delivered++;
  }

  /** Returns how many frames came or were passed over in the connections before this one. */
  synchronized long framesBefore() {
    return delivered + notDemandedBefore;
  }

  synchronized long notDemanded() {
    return notDemandedBefore + (reader == null ? 0 : reader.notDemanded());
  }

  synchronized OptionalLong bytesReceived() {
    OptionalLong now = bytesOfThis();
    return now.isPresent() || bytesKnown
        ? OptionalLong.of(bytesBefore + now.orElse(0))
        : OptionalLong.empty();
  }

  /** Returns the bytes of the connection of the moment. */
  synchronized OptionalLong bytesOfThis() {
    return reader == null ? OptionalLong.empty() : reader.bytesReceived();
  }

  StreamInfo stream() {
    FrameReader open;
    synchronized (this) {
      open = reader;
      if (open == null) {
        return last;
      }
    }
    return open.stream(); // without the lock, as whatever may take its time
  }

  synchronized DecodeDemand demand() {
    return demand;
  }

  void demand(DecodeDemand wanted) {
    FrameReader open;
    synchronized (this) {
      demand = wanted;
      open = reader;
    }
    if (open != null) {
      open.demand(wanted);
    }
  }

  /** Ends every wait, for good. */
  void close() {
    FrameReader open;
    synchronized (this) {
      closed = true;
      open = reader;
      interruptOpening();
      notifyAll();
    }
    if (open != null) {
      open.close(); // without the lock: a source that takes its time must not hold up others
    }
  }

  private void interruptOpening() {
    if (opening != null && opening != Thread.currentThread()) {
      interrupting = true;
      opening.interrupt();
    }
  }
}
