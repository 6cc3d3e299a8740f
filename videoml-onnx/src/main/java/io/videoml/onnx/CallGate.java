package io.videoml.onnx;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls that use native memory, so that whoever is last frees it: the one who closes, or
 * a call that was still inside then.
 */
final class CallGate {
  private final String guarded;
  private final CountDownLatch done = new CountDownLatch(1);
  private int inside;
  private @Nullable Runnable whenEmpty;

  /**
   * @param guarded what is behind the gate, for messages
   */
  CallGate(String guarded) {
    this.guarded = guarded;
  }

  /** Lets one call in, which must {@link #leave()}. */
  synchronized void enter() {
    if (isClosed()) {
      throw new IllegalStateException(guarded + " is closed");
    }
    inside++;
  }

  void leave() {
    Runnable last;
    synchronized (this) {
      inside--;
      last = inside == 0 ? whenEmpty : null;
    }
    finish(last);
  }

  synchronized boolean isClosed() {
    return whenEmpty != null;
  }

  /**
   * Lets no more calls in. Does nothing if the gate is closed already.
   *
   * @param action what the last call does when it leaves, or this call where none is inside
   */
  void close(Runnable action) {
    Runnable last;
    synchronized (this) {
      if (isClosed()) {
        return;
      }
      whenEmpty = action;
      last = inside == 0 ? action : null;
    }
    finish(last);
  }

  private void finish(@Nullable Runnable action) {
    if (action != null) {
      try {
        action.run();
      } finally {
        done.countDown();
      }
    }
  }

  /** Waits until the last call has left a closed gate, unless the thread is interrupted. */
  void await(long seconds) {
    try {
      done.await(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
