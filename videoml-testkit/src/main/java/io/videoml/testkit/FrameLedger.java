package io.videoml.testkit;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the frame handles that a fake source made, lent ones and shared ones, and those that were
 * closed.
 *
 * <p>Threading: safe.
 */
public final class FrameLedger {
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final AtomicInteger closedAgain = new AtomicInteger();

  /** Returns how many handles were made. */
  public int handles() {
    return opened.get();
  }

  /** Returns how many of them are not closed. */
  public int open() {
    return opened.get() - closed.get();
  }

  /**
   * Returns how many times a handle was closed that was closed before: allowed, but a sign of
   * unclear ownership.
   */
  public int closedAgain() {
    return closedAgain.get();
  }

  void opened() {
    opened.incrementAndGet();
  }

  void closed(boolean first) {
    (first ? closed : closedAgain).incrementAndGet();
  }
}
