package io.videoml.testkit.kvs.service;

import io.videoml.testkit.kvs.faults.KvsOperation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Counts what streams are used for, and refuses what is too much: the newest.
 *
 * <p>Threading: all methods from any thread.
 */
public final class Usage {
  private record Key(String stream, KvsOperation operation) {}

  private final Map<Key, Integer> connections = new HashMap<>();
  private final Map<Key, Deque<Long>> requests = new HashMap<>();

  /** Counts a request. */
  public synchronized void request(String stream, KvsOperation operation, int perSecond)
      throws ServiceException {
    Deque<Long> recent =
        requests.computeIfAbsent(new Key(stream, operation), key -> new ArrayDeque<>());
    long now = System.nanoTime();
    while (!recent.isEmpty() && now - recent.getFirst() > TimeUnit.SECONDS.toNanos(1)) {
      recent.removeFirst();
    }
    if (recent.size() >= perSecond) {
      throw ServiceException.tooManyRequests(perSecond + " requests per second to a stream");
    }
    recent.addLast(now);
  }

  /** Counts a connection, until it is released. */
  public synchronized void connect(String stream, KvsOperation operation, int most)
      throws ServiceException {
    int open = connections.getOrDefault(new Key(stream, operation), 0);
    if (open >= most) {
      throw ServiceException.tooManyConnections(most + " connections to a stream");
    }
    connections.put(new Key(stream, operation), open + 1);
  }

  /** Ends a connection that was counted. */
  public synchronized void release(String stream, KvsOperation operation) {
    connections.merge(new Key(stream, operation), -1, Integer::sum);
  }

  /** Returns how many are open. */
  public synchronized int connections(String stream, KvsOperation operation) {
    return connections.getOrDefault(new Key(stream, operation), 0);
  }
}
