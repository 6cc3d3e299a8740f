package io.videoml.resilience;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** Hands out turns at connecting, first come, first served, within limits per host and overall. */
final class ConnectGate {
  private static final ConnectGate INSTANCE = new ConnectGate();

  private final Deque<Turn> waiting = new ArrayDeque<>();
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
      try {
        while (!turn.admitted) {
          wait();
        }
      } catch (InterruptedException e) {
        if (turn.admitted) {
          leave(turn);
        } else {
          waiting.remove(turn);
          admit(); // it may have held up those behind it
        }
        throw e;
      }
    }
    return turn;
  }

  /** Returns how many are waiting. */
  synchronized int queued() {
    return waiting.size();
  }

  private void admit() {
    boolean any = false;
    for (Iterator<Turn> turns = waiting.iterator(); turns.hasNext(); ) {
      Turn turn = turns.next();
      if (overall >= turn.limits.overall()) {
        break; // the first in line is not overtaken for ever by those of other hosts
      }
      if (turn.host.isEmpty() || perHost.getOrDefault(turn.host, 0) < turn.limits.perHost()) {
        turns.remove();
        overall++;
        perHost.merge(turn.host, 1, Integer::sum);
        turn.admitted = true;
        any = true;
      }
    }
    if (any) {
      notifyAll();
    }
  }

  private synchronized void leave(Turn turn) {
    overall--;
    perHost.computeIfPresent(turn.host, (host, count) -> count > 1 ? count - 1 : null);
    admit();
  }

  /** Someone's turn, given back when closed. */
  final class Turn implements AutoCloseable {
    private final String host;
    private final ConnectLimits limits;
    private boolean admitted; // guarded by the gate

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
