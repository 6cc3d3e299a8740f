package io.videoml.inference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Lends workspaces, one to each caller, and keeps what is given back for the next.
 *
 * <p>Threading: safe.
 */
final class WorkspacePool implements AutoCloseable {
  private final IntFunction<Workspace> factory;
  private final int limit;
  private final Deque<Workspace> idle = new ArrayDeque<>();
  private final List<Workspace> lent = new ArrayList<>();
  private int users;
  private boolean closed;

  /**
   * @param factory makes a workspace for a batch size
   * @param limit how many there may be at once, of all batch sizes together
   */
  WorkspacePool(IntFunction<Workspace> factory, int limit) {
    this.factory = factory;
    this.limit = limit;
  }

  /**
   * Waits while too many are lent.
   *
   * @throws IllegalStateException if the pool is closed, or the thread is interrupted while it
   *     waits
   */
  Workspace lend(int batch) {
    Optional<Workspace> surplus;
    synchronized (this) {
      awaitFree();
      Optional<Workspace> ready = idle.stream().filter(w -> w.batch() == batch).findFirst();
      users++;
      if (ready.isPresent()) {
        idle.remove(ready.get());
        lent.add(ready.get());
        return ready.get();
      }
      surplus = users + idle.size() > limit ? Optional.of(idle.removeLast()) : Optional.empty();
    }
    return prepare(batch, surplus); // slow, and no reason for others to wait
  }

  private void awaitFree() {
    try {
      while (!closed && users == limit) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a free detector", e);
    }
    requireOpen();
  }

  private Workspace prepare(int batch, Optional<Workspace> surplus) {
    Workspace made;
    try {
      surplus.ifPresent(Workspace::close);
      made = factory.apply(batch);
    } catch (RuntimeException | Error e) {
      leave();
      throw e;
    }
    if (!admit(made)) {
      giveBack(made);
      requireOpen();
    }
    return made;
  }

  /** Notes a workspace as lent; false where the pool was closed before: it must be given back. */
  private synchronized boolean admit(Workspace made) {
    lent.add(made);
    return !closed;
  }

  synchronized void giveBack(Workspace workspace) {
    lent.remove(workspace);
    try {
      if (closed) {
        workspace.close();
      } else {
        idle.addFirst(workspace);
      }
    } finally {
      leave();
    }
  }

  private synchronized void leave() {
    users--;
    notifyAll();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  private synchronized void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the detector is closed");
    }
  }

  /** Cancels what runs and waits until everything is given back. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
    lent.forEach(Workspace::cancel);
    idle.forEach(Workspace::close);
    idle.clear();
    boolean interrupted = false;
    while (users > 0) { // even if interrupted: a caller may be writing to native memory
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
