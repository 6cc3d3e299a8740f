package io.videoml.gstreamer;

import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Holds the decoder in use, so that a reader can wait for pictures while the owner replaces or
 * frees it.
 */
final class Slot {
  private static final long NAP_NANOS = 2_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Back back; // only the owner writes it
  private volatile boolean running;

  /** Returns the next decoded sample, waiting for it at most so long; 0 where none came. */
  long pull(long nanos) {
    lock.lock();
    try {
      Back current = back;
      if (current != null && running) {
        return GstApp.gst_app_sink_try_pull_sample(current.frames(), nanos);
      }
    } finally {
      lock.unlock();
    }
    LockSupport.parkNanos(Math.min(nanos, NAP_NANOS));
    return 0;
  }

  /** Returns whether the decoder gave all it had, after the end of the stream. */
  boolean ended() {
    lock.lock();
    try {
      Back current = back;
      // A sink that is stopped says that it is at its end, so it is asked before and after.
      return current != null
          && running
          && GstApp.gst_app_sink_is_eos(current.frames()) != 0
          && running;
    } finally {
      lock.unlock();
    }
  }

  /** Puts a decoder in the place of the one before, which is freed. */
  void put(@Nullable Back next) {
    Back old = back;
    running = false;
    if (old != null) {
      old.pipe().stop(); // makes a reader let go of the lock
    }
    lock.lock();
    try {
      back = next;
      running = next != null;
    } finally {
      lock.unlock();
    }
    if (old != null) {
      old.close();
    }
  }
}
