package io.videoml.testkit.faults;

import io.videoml.testkit.FrameLedger;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What was done to a camera in memory, over all its connections.
 *
 * <p>Threading: safe.
 */
public final class CameraCounts {
  private final FrameLedger ledger = new FrameLedger();
  private final AtomicInteger opens = new AtomicInteger();
  private final AtomicInteger opening = new AtomicInteger();
  private final AtomicInteger mostOpening = new AtomicInteger();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closes = new AtomicInteger();
  private final AtomicLong frames = new AtomicLong();

  CameraCounts() {}

  /** Returns how many times somebody tried to open it. */
  public int opens() {
    return opens.get();
  }

  /** Returns how many are trying to open it at the moment. */
  public int opening() {
    return opening.get();
  }

  /** Returns how many tried to open it at the same moment, at most. */
  public int mostOpening() {
    return mostOpening.get();
  }

  /** Returns how many connections were opened and closed again. */
  public int closes() {
    return closes.get();
  }

  /** Returns how many connections are open. */
  public int openNow() {
    return opened.get() - closes.get();
  }

  /** Returns how many frames its connections held so far, those that were passed over included. */
  public long frames() {
    return frames.get();
  }

  /** Returns the books over the frames that were delivered: how many handles are not closed. */
  public FrameLedger ledger() {
    return ledger;
  }

  /** Returns the number of this attempt, from 0. */
  int beginOpening() {
    mostOpening.accumulateAndGet(opening.incrementAndGet(), Math::max);
    return opens.getAndIncrement();
  }

  void endOpening(boolean succeeded) {
    opening.decrementAndGet();
    if (succeeded) {
      opened.incrementAndGet();
    }
  }

  void closed() {
    closes.incrementAndGet();
  }

  void frame() {
    frames.incrementAndGet();
  }
}
