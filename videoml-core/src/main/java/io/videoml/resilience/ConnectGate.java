package io.videoml.resilience;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Hands out turns at connecting, first come, first served, within limits per host and overall. A
 * turn that takes long is spent waiting for a dead camera, which is no load: from then on it counts
 * at its host only, so that the dead do not hold up those of other hosts.
 *
 * <p>Threading: safe.
 */
final class ConnectGate {
  private static final ConnectGate INSTANCE = new ConnectGate(Duration.ofSeconds(2));

  private final long patienceNanos;
  private final Deque<Turn> waiting = new ArrayDeque<>(); // guarded by this, as all below
  private final Map<String, Integer> perHost = new HashMap<>();
  private final Deque<Turn> recent = new ArrayDeque<>(); // in the order of admission
  private int admitted;

  /**
   * @param patience after which a turn does not count overall any more
   */
  ConnectGate(Duration patience) {
    patienceNanos = patience.toNanos();
  }

  /** Returns the gate that all streams of the process share. */
  static ConnectGate ofProcess() {
    return INSTANCE;
  }

  /**
   * Waits for a turn.
   *
   * @param host to connect to; empty where it is not known, which only the overall limit holds up
   */
  Turn acquire(String host, ConnectLimits limits) throws InterruptedException {
    Turn turn = new Turn(host, limits);
    synchronized (this) {
      waiting.addLast(turn);
      admit();
    }
    try {
      while (!turn.come.await(patienceNanos / 4, TimeUnit.NANOSECONDS)) {
        lookAgain(turn);
      }
    } catch (InterruptedException e) {
      turn.close();
      throw e;
    }
    return turn;
  }

  /** Returns how many are waiting. */
  synchronized int queued() {
    return waiting.size();
  }

  /** Returns how many have their turn. */
  synchronized int admitted() {
    return admitted;
  }

  private synchronized void lookAgain(Turn turn) {
    if (waiting.peekFirst() == turn) { // one of them is enough
      admit();
    }
  }

  private void admit() {
    long now = System.nanoTime();
    while (!recent.isEmpty() && now - recent.getFirst().admittedNanos >= patienceNanos) {
      recent.removeFirst();
    }
    Set<String> heldUp = new HashSet<>(); // no one overtakes another at the same host
    for (Iterator<Turn> turns = waiting.iterator(); turns.hasNext(); ) {
      Turn turn = turns.next();
      if (recent.size() >= turn.limits.overall()) {
        break; // the first in line is not overtaken for ever by those of other hosts
      }
      int connecting = perHost.getOrDefault(turn.host, 0);
      if (turn.host.isEmpty()
          || (connecting < turn.limits.perHost() && !heldUp.contains(turn.host))) {
        turns.remove();
        turn.admittedNanos = now;
        recent.addLast(turn);
        admitted++;
        perHost.merge(turn.host, 1, Integer::sum);
        turn.come.countDown();
      } else {
        heldUp.add(turn.host);
      }
    }
  }

  private synchronized void leave(Turn turn) {
    if (turn.left) {
      return;
    }
    turn.left = true;
    if (!waiting.remove(turn)) {
      recent.remove(turn);
      admitted--;
      perHost.computeIfPresent(turn.host, (host, count) -> count > 1 ? count - 1 : null);
    }
    admit(); // also where it only waited: it may have held up those behind it
  }

  /** Someone's turn, given back when closed. */
  final class Turn implements AutoCloseable {
    private final String host;
    private final ConnectLimits limits;
    private final CountDownLatch come = new CountDownLatch(1);
    private long admittedNanos; // guarded by the gate, as below
    private boolean left;

    private Turn(String host, ConnectLimits limits) {
      this.host = host;
      this.limits = limits;
    }

    @Override
    public void close() {
      leave(this);
    }
  }
}
