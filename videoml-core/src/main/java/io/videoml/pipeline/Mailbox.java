package io.videoml.pipeline;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/**
 * Hands kept frames from the reader's thread to the worker's. Bounded: a full one makes the reader
 * wait, or gives up its oldest frame for the newest.
 *
 * <p>Whoever a frame is returned to must close it.
 */
final class Mailbox {
  private final ArrayDeque<KeptFrame> frames = new ArrayDeque<>();
  private final int capacity;
  private final boolean newestWins;
  private boolean ended;

  Mailbox(int capacity, boolean newestWins) {
    this.capacity = capacity;
    this.newestWins = newestWins;
  }

  /** What became of a frame that was put. */
  enum Outcome {
    ACCEPTED,
    /** Accepted, in place of the oldest, which was closed. */
    REPLACED_OLDEST,
    /** Not accepted, and closed: no one takes frames any more. */
    REFUSED
  }

  /**
   * Puts a frame, waiting for a place where nothing may be lost. Never waits once {@link
   * #discard()} was called.
   */
  synchronized Outcome put(KeptFrame frame) throws InterruptedException {
    while (!ended && !newestWins && frames.size() == capacity) {
      wait();
    }
    if (ended) {
      frame.frame().close();
      return Outcome.REFUSED;
    }
    boolean full = frames.size() == capacity;
    if (full) {
      frames.removeFirst().frame().close();
    }
    frames.addLast(frame);
    notifyAll();
    return full ? Outcome.REPLACED_OLDEST : Outcome.ACCEPTED;
  }

  /** Waits for a frame; false once there are none and none will come. */
  synchronized boolean awaitFrame() throws InterruptedException {
    while (frames.isEmpty() && !ended) {
      wait();
    }
    return !frames.isEmpty();
  }

  /** Takes the oldest frame, if there is one. */
  synchronized Optional<KeptFrame> poll() {
    Optional<KeptFrame> oldest = Optional.ofNullable(frames.pollFirst());
    notifyAll();
    return oldest;
  }

  /** Says that no more frames come; those inside can still be taken. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Says that no more frames come or are taken, and returns how many were inside, now closed. */
  synchronized int discard() {
    List<KeptFrame> rest = List.copyOf(frames);
    frames.clear();
    end();
    rest.forEach(frame -> frame.frame().close());
    return rest.size();
  }
}
