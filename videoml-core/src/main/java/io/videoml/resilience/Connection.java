package io.videoml.resilience;

import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.source.StreamInfo;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection of the moment, if there is one, and what all of them came to so far. One thread
 * opens, reads and drops; any other may end its waits. No reader is called with a lock held.
 */
final class Connection {
  private static final Logger LOG = LoggerFactory.getLogger(Resilience.class);

  private final String source;
  private @Nullable FrameReader reader; // guarded by this, as all below
  private @Nullable Thread opening;
  private @Nullable SourceException stall;
  private long number;
  private boolean interrupting;
  private boolean closed;
  private DecodeDemand demand;
  private StreamInfo last = StreamInfo.UNKNOWN;
  private long delivered;
  private long notDemandedBefore;
  private long bytesBefore;
  private boolean bytesKnown;

  Connection(String source, DecodeDemand demand) {
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
    return new SourceException(Kind.CLOSED, source, "is closed");
  }

  synchronized boolean closed() {
    return closed;
  }

  /** Returns the number of the last connection, from 1. */
  synchronized long number() {
    return number;
  }

  /** Lets others interrupt this thread, until {@link #endOpening}. */
  synchronized void beginOpening(long newNumber) {
    if (closed) {
      throw closedException();
    }
    number = newNumber;
    stall = null;
    opening = Thread.currentThread();
  }

  synchronized void endOpening() {
    opening = null;
    if (interrupting) {
      interrupting = false;
      Thread.interrupted(); // ours, not the caller's
    }
  }

  /** Takes over what was opened; closes it, and throws, where it is not wanted any more. */
  void take(FrameReader opened) {
    SourceException unwanted;
    synchronized (this) {
      unwanted = closed ? closedException() : stall;
      if (unwanted == null) {
        reader = opened;
      }
    }
    if (unwanted != null) {
      closeQuietly(opened);
      throw unwanted;
    }
    passOnDemand(); // it may have changed meanwhile
  }

  /** Returns whether this connection is the one of the moment, and not marked as dead. */
  synchronized boolean alive(long which) {
    return !closed && stall == null && which == number && (opening != null || reader != null);
  }

  /** Marks a connection as dead; false where that was done, or it is gone. */
  synchronized boolean stall(long dead, SourceException why) {
    if (!alive(dead)) {
      return false;
    }
    stall = why;
    return true;
  }

  /** Ends the waits of a connection that was marked as dead. */
  void end(long dead) {
    FrameReader silent;
    synchronized (this) {
      if (dead != number) {
        return;
      }
      silent = reader;
      interruptOpening();
    }
    if (silent != null) {
      closeQuietly(silent);
    }
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
    }
    if (dropped == null) {
      return false;
    }
    closeQuietly(dropped);
    StreamInfo stream = dropped.stream();
    long notDemanded = dropped.notDemanded();
    OptionalLong bytes = dropped.bytesReceived();
    synchronized (this) {
      last = stream;
      notDemandedBefore += notDemanded;
      bytesKnown |= bytes.isPresent();
      bytesBefore += bytes.orElse(0);
      reader = null;
    }
    return true;
  }

  /** Waits between attempts, until closed at the most. */
  synchronized void await(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  synchronized void delivered() {
    delivered++;
  }

  /** Returns how many frames came or were passed over in the connections before this one. */
  synchronized long framesBefore() {
    return delivered + notDemandedBefore;
  }

  long notDemanded() {
    FrameReader open;
    long before;
    synchronized (this) {
      open = reader;
      before = notDemandedBefore;
    }
    return before + (open == null ? 0 : open.notDemanded());
  }

  OptionalLong bytesReceived() {
    FrameReader open;
    OptionalLong before;
    synchronized (this) {
      open = reader;
      before = bytesKnown ? OptionalLong.of(bytesBefore) : OptionalLong.empty();
    }
    OptionalLong now = bytesOf(open);
    return now.isPresent() ? OptionalLong.of(before.orElse(0) + now.getAsLong()) : before;
  }

  /** Returns the bytes of the connection of the moment. */
  OptionalLong bytesOfThis() {
    FrameReader open;
    synchronized (this) {
      open = reader;
    }
    return bytesOf(open);
  }

  private static OptionalLong bytesOf(@Nullable FrameReader open) {
    return open == null ? OptionalLong.empty() : open.bytesReceived();
  }

  StreamInfo stream() {
    FrameReader open;
    StreamInfo before;
    synchronized (this) {
      open = reader;
      before = last;
    }
    return open == null ? before : open.stream();
  }

  synchronized DecodeDemand demand() {
    return demand;
  }

  void demand(DecodeDemand wanted) {
    synchronized (this) {
      demand = wanted;
    }
    passOnDemand();
  }

  /** Tells the reader what is demanded last, whichever thread demanded it. */
  private void passOnDemand() {
    DecodeDemand told = null;
    while (true) {
      FrameReader open;
      DecodeDemand wanted;
      synchronized (this) {
        open = reader;
        wanted = demand;
      }
      if (open == null || wanted == told) {
        return;
      }
      open.demand(wanted);
      told = wanted;
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
      closeQuietly(open);
    }
  }

  private void interruptOpening() {
    if (opening != null && opening != Thread.currentThread()) {
      interrupting = true;
      opening.interrupt();
    }
  }

  private void closeQuietly(FrameReader what) {
    try {
      what.close();
    } catch (RuntimeException e) { // what comes next must not be held up by it
      LOG.warn("{}: a reader could not be closed", source, e);
    }
  }
}
