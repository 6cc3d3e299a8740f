package io.videoml.testkit.kvs.service;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest requests. */
final class RequestLog {
  private static final int MOST = 10_000;

  private final Deque<KvsRequest> requests = new ArrayDeque<>();

  synchronized void add(KvsRequest request) {
    if (requests.size() == MOST) {
      requests.removeFirst();
    }
    requests.addLast(request);
  }

  synchronized List<KvsRequest> all() {
    return List.copyOf(requests);
  }
}
