package io.videoml.testkit.kvs.store;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;

/**
 * A fragment that is still arriving, for those who follow frame by frame.
 *
 * <p>Threading: all methods from any thread.
 */
public final class LiveFragment {
  private enum State {
    OPEN,
    COMPLETE,
    ABANDONED
  }

  private final Opening opening;
  private final boolean knownSize;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private State state = State.OPEN;

  LiveFragment(Opening opening, boolean knownSize, byte[] start) {
    this.opening = opening;
    this.knownSize = knownSize;
    bytes.writeBytes(start);
  }

  /** Returns what is settled. */
  public Opening opening() {
    return opening;
  }

  /** Returns whether its cluster says how long it is, so that nothing can follow if it is cut. */
  public boolean knownSize() {
    return knownSize;
  }

  /** Adds what came. */
  public synchronized void grow(byte[] more) {
    bytes.writeBytes(more);
    notifyAll();
  }

  /** Says that nothing more comes: the producer is gone. Does nothing once it is complete. */
  public synchronized void abandon() {
    if (state == State.OPEN) {
      state = State.ABANDONED;
      notifyAll();
    }
  }

  synchronized void complete(byte[] document) {
    bytes.reset();
    bytes.writeBytes(document);
    state = State.COMPLETE;
    notifyAll();
  }

  /** Returns whether all of it is there. */
  public synchronized boolean complete() {
    return state == State.COMPLETE;
  }

  /** Returns whether it grows no more. */
  public synchronized boolean ended() {
    return state != State.OPEN;
  }

  /** Waits for bytes from an offset on; returns what there is, nothing if none came in time. */
  public synchronized byte[] awaitFrom(int offset, Duration longest) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    while (bytes.size() <= offset && state == State.OPEN) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return new byte[0];
      }
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
    return Arrays.copyOfRange(bytes.toByteArray(), Math.min(offset, bytes.size()), bytes.size());
  }
}
