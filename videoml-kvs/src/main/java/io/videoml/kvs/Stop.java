package io.videoml.kvs;

import org.jspecify.annotations.Nullable;

/** Ends the waits of the thread that reads, from any other. Threading: safe. */
final class Stop {
  /** Something that waits, and heeds interrupts. */
  interface Wait<T> {
    T get() throws InterruptedException;
  }

  private @Nullable Thread waiting; // guarded by this, as all below
  private boolean interrupting;
  private boolean stopped;

  /**
   * Waits, unless stopped.
   *
   * @throws InterruptedException if it was stopped, or the thread interrupted by someone else
   */
  <T> T await(Wait<T> wait) throws InterruptedException {
    synchronized (this) {
      if (stopped) {
        throw new InterruptedException("stopped");
      }
      waiting = Thread.currentThread();
    }
    try {
      return wait.get();
    } finally {
      synchronized (this) {
        waiting = null;
        if (interrupting) {
          interrupting = false;
          boolean unused = Thread.interrupted(); // ours, not the caller's
        }
      }
    }
  }

  synchronized boolean stopped() {
    return stopped;
  }

  synchronized void stop() {
    stopped = true;
    if (waiting != null && !interrupting) {
      interrupting = true;
      waiting.interrupt();
    }
  }
}
