package io.videoml.testkit.net;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * What bytes pass through on their way: open, narrow or shut.
 *
 * <p>Threading: all methods from any thread.
 */
final class Gate {
  static final int MOST_BYTES = 16 * 1024;
  private static final int PORTIONS_PER_SECOND = 50;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean shut;

  /** Bytes a second; 0 where there is no limit. */
  private long width;

  void shut() {
    change(true, 0);
  }

  void open() {
    change(false, 0);
  }

  void narrow(long bytesPerSecond) {
    change(false, bytesPerSecond);
  }

  /** Returns how many bytes to read at once, so that they trickle rather than come in lumps. */
  int portion() {
    lock.lock();
    try {
      return width == 0
          ? MOST_BYTES
          : (int) Math.max(1, Math.min(MOST_BYTES, width / PORTIONS_PER_SECOND));
    } finally {
      lock.unlock();
    }
  }

  /** Waits until so many bytes may pass, or they are gone, of which {@link #wake} tells. */
  void pass(int bytes, BooleanSupplier gone) throws InterruptedException {
    lock.lock();
    try {
      hold(gone);
      long before = width;
      long left = before == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) * bytes / before;
      while (left > 0 && width == before && !shut && !gone.getAsBoolean()) {
        left = changed.awaitNanos(left);
      }
      hold(gone);
    } finally {
      lock.unlock();
    }
  }

  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void hold(BooleanSupplier gone) throws InterruptedException {
    while (shut && !gone.getAsBoolean()) {
      changed.await();
    }
  }

  private void change(boolean nowShut, long nowWidth) {
    lock.lock();
    try {
      shut = nowShut;
      width = nowWidth;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
