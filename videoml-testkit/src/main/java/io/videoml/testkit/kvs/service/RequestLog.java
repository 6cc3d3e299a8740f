package io.videoml.testkit.kvs.service;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The latest requests.
 *
 * <p>Threading: all methods from any thread.
 */
public final class RequestLog {
  private static final int MOST = 10_000;

  private final Deque<KvsRequest> requests = new ArrayDeque<>();

  /** Adds one; the oldest may go. */
  public synchronized void add(KvsRequest request) {
    if (requests.size() == MOST) {
      requests.removeFirst();
    }
    requests.addLast(request);
  }

  /** Returns all that are left, oldest first. */
  public synchronized List<KvsRequest> all() {
    return List.copyOf(requests);
  }
}
