package io.videoml.testkit.net;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a TCP client and its server, and is the network that fails: cuts, stalls, slows,
 * refuses. For RTSP over TCP, HTTP, or whatever else; it does not look at what it forwards, so a
 * server that tells its address to clients leads them past it.
 *
 * <p>Faults hold for all connections, those to come included. At most 64 at a time; more are cut at
 * once.
 *
 * <p>Threading: all methods from any thread. Three threads a connection at most, and one more,
 * which end with it.
 */
public final class FaultyRelay implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 64;
  private static final int CONNECT_MILLIS = 2_000;
  private static final long JOIN_MILLIS = 5_000;

  private final InetSocketAddress target;
  private final ReservedPort port = ReservedPort.onLoopback();
  private final Gate gate = new Gate();
  private final Set<RelayedConnection> connections = new HashSet<>();
  private final List<Thread> threads = new ArrayList<>();
  private @Nullable ServerSocket listening;
  private @Nullable Thread acceptor;
  private boolean closed;

  private FaultyRelay(InetSocketAddress target) {
    this.target = target;
  }

  /**
   * Starts a relay that forwards to the target faithfully, until told otherwise. The caller closes
   * it.
   */
  public static FaultyRelay to(String host, int port) {
    FaultyRelay relay = new FaultyRelay(new InetSocketAddress(requireNonNull(host, "host"), port));
    relay.accept();
    return relay;
  }

  /** Starts a relay to the host and port of an address, which must name both. */
  public static FaultyRelay to(URI target) {
    if (target.getHost() == null || target.getPort() < 0) {
      throw new IllegalArgumentException("the address must name a host and a port");
    }
    return to(target.getHost(), target.getPort());
  }

  /** Returns the port on {@code 127.0.0.1} where it listens; the same all its life. */
  public int port() {
    return port.number();
  }

  /** Returns an address of the target as clients must use it to come through the relay. */
  public URI through(URI address) {
    String authority = requireNonNull(address.getRawAuthority(), "the address's host");
    String identity = authority.substring(0, authority.lastIndexOf('@') + 1);
    // As text: taken apart and put together again, an escaped slash would become a plain one.
    return URI.create(
        address
            .toString()
            .replaceFirst(
                Pattern.quote("//" + authority),
                Matcher.quoteReplacement("//" + identity + "127.0.0.1:" + port())));
  }

  /** Returns how many connections are open. */
  public synchronized int connections() {
    return connections.size();
  }

  /** Resets all connections; clients may come back at once. */
  public void cut() {
    List<RelayedConnection> open;
    synchronized (this) {
      open = List.copyOf(connections);
    }
    open.forEach(RelayedConnection::reset);
  }

  /** Forwards nothing any more, in both directions; connections stay open, and new ones open. */
  public void stall() {
    gate.shut();
  }

  /** Forwards again, at full speed: what was stalled or slowed. */
  public void resume() {
    gate.open();
  }

  /**
   * Forwards so much, each way of each connection, and no more.
   *
   * @param bytesPerSecond positive
   */
  public void slow(long bytesPerSecond) {
    if (bytesPerSecond <= 0) {
      throw new IllegalArgumentException(
          "bytes per second must be positive, was " + bytesPerSecond + "; to stop it, stall()");
    }
    gate.narrow(bytesPerSecond);
  }

  /** Refuses new connections, and leaves those there are. */
  public void refuse() {
    Thread ending;
    synchronized (this) {
      if (listening == null || acceptor == null) {
        return;
      }
      RelayedConnection.quietly(listening);
      ending = acceptor;
      listening = null;
      acceptor = null;
    }
    join(ending);
  }

  /** Accepts connections again. */
  public synchronized void accept() {
    if (closed) {
      throw new IllegalStateException("the relay is closed; start another");
    }
    if (listening != null) {
      return;
    }
    try {
      ServerSocket server = port.listen();
      listening = server;
      acceptor = start("accept", () -> serve(server));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on port " + port(), e);
    }
  }

  /** Resets all connections, ends all threads and gives the port back. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    refuse();
    gate.open();
    cut();
    List<Thread> left;
    synchronized (this) {
      left = List.copyOf(threads);
    }
    left.forEach(FaultyRelay::join);
    port.close();
  }

  @Override
  public String toString() {
    return "FaultyRelay[127.0.0.1:" + port() + "]";
  }

  private void serve(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        connect(server.accept());
      } catch (IOException e) {
        if (server.isClosed()) {
          return;
        }
      }
    }
  }

  private synchronized void connect(Socket client) {
    threads.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
    RelayedConnection connection = new RelayedConnection(client, gate);
    if (closed || connections.size() >= MOST_CONNECTIONS) {
      connection.reset();
      return;
    }
    connections.add(connection);
    threads.add(
        start(
            "forward",
            () -> {
              connection.run(target, CONNECT_MILLIS);
              forget(connection);
            }));
  }

  private synchronized void forget(RelayedConnection connection) {
    connections.remove(connection);
  }

  private Thread start(String role, Runnable work) {
    Thread thread = new Thread(work, "videoml-relay-" + port() + "-" + role);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void join(Thread thread) {
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
