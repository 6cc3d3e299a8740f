package io.videoml.fleet;

import io.videoml.pipeline.RunHost.Turn;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lets so many through at once, and the others in the order of a {@link FairQueue}. */
final class Turnstile {
  private final FairQueue<Semaphore> waiting; // guarded by this
  private int free; // guarded by this

  Turnstile(int turns, Map<Priority, Integer> weights) {
    this.free = turns;
    this.waiting = new FairQueue<>(weights);
  }

  /** Waits for a turn. An interrupt ends the wait. */
  Turn take(Priority priority) throws InterruptedException {
    Semaphore admitted = new Semaphore(0);
    synchronized (this) {
      waiting.add(priority, admitted);
      admit();
    }
    try {
      admitted.acquire();
    } catch (InterruptedException e) {
      giveUp(priority, admitted);
      throw e;
    }
    return new Taken(priority);
  }

  private synchronized void giveUp(Priority priority, Semaphore admitted) {
    if (!waiting.remove(priority, admitted)) { // it came with the interrupt
      giveBack(priority, /* used= */ false);
    }
  }

  private synchronized void giveBack(Priority priority, boolean used) {
    if (!used) {
      waiting.refund(priority);
    }
    free++;
    admit();
  }

  private final class Taken implements Turn {
    private final Priority priority;
    private final AtomicBoolean over = new AtomicBoolean();

    Taken(Priority priority) {
      this.priority = priority;
    }

    @Override
    public void close() {
      end(/* used= */ true);
    }

    @Override
    public void unused() {
      end(/* used= */ false);
    }

    private void end(boolean used) {
      if (over.compareAndSet(false, true)) {
        giveBack(priority, used);
      }
    }
  }

  /** Returns how many wait. */
  synchronized int queued() {
    return waiting.size();
  }

  private void admit() {
    while (free > 0) {
      Semaphore next = waiting.next();
      if (next == null) {
        return;
      }
      free--;
      next.release();
    }
  }
}
