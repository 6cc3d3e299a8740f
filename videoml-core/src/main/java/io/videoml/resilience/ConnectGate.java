package io.videoml.resilience;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * Hands out turns at connecting, first come, first served, within limits per host and overall.
 *
 * <p>Threading: safe.
 */
final class ConnectGate {
  private static final ConnectGate INSTANCE = new ConnectGate();

  private final Deque<Turn> waiting = new ArrayDeque<>(); // guarded by this, as all below
  private final Map<String, Integer> perHost = new HashMap<>();
  private int overall;

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
      turn.come.await();
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
    return overall;
  }

  private void admit() {
    Set<String> heldUp = new HashSet<>(); // no one overtakes another at the same host
    for (Iterator<Turn> turns = waiting.iterator(); turns.hasNext(); ) {
      Turn turn = turns.next();
      if (overall >= turn.limits.overall()) {
        break; // the first in line is not overtaken for ever by those of other hosts
      }
      int connecting = perHost.getOrDefault(turn.host, 0);
      if (turn.host.isEmpty()
          || (connecting < turn.limits.perHost() && !heldUp.contains(turn.host))) {
        turns.remove();
        overall++;
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
      overall--;
      perHost.computeIfPresent(turn.host, (host, count) -> count > 1 ? count - 1 : null);
    }
    admit(); // also where it only waited: it may have held up those behind it
  }

  /** Someone's turn, given back when closed. */
  final class Turn implements AutoCloseable {
    private final String host;
    private final ConnectLimits limits;
    private final CountDownLatch come = new CountDownLatch(1);
    private boolean left; // guarded by the gate

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
