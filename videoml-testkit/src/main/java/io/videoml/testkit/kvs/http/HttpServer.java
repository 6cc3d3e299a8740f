package io.videoml.testkit.kvs.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves HTTP/1.1 on the loopback interface, a thread a connection.
 *
 * <p>Threading: all methods from any thread. Threads are daemons and end with {@link #close}.
 */
public final class HttpServer implements AutoCloseable {
  /**
   * Answers requests.
   *
   * <p>Threading: called by many threads at once, one for each connection.
   */
  @FunctionalInterface
  public interface Handler {
    /** Answers, or breaks off; may take as long as it likes, until it is interrupted. */
    void handle(HttpExchange exchange) throws IOException, InterruptedException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final int MOST_CONNECTIONS = 256;
  private static final long JOIN_MILLIS = 1_500;

  private final ServerSocket listening;
  private final @Nullable SSLContext tls;
  private final Clock clock;
  private final Handler handler;
  private final Set<Socket> sockets = new HashSet<>();
  private final Set<Thread> threads = new HashSet<>();
  private boolean closed;

  private HttpServer(
      ServerSocket listening, @Nullable SSLContext tls, Clock clock, Handler handler) {
    this.listening = listening;
    this.tls = tls;
    this.clock = clock;
    this.handler = handler;
  }

  /**
   * Starts to listen on 127.0.0.1.
   *
   * @param port 0 for any
   * @param tls null for plain HTTP
   * @throws IOException if the port is taken
   */
  public static HttpServer start(int port, @Nullable SSLContext tls, Clock clock, Handler handler)
      throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 128);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    HttpServer server = new HttpServer(socket, tls, clock, handler);
    server.begin(server::accept, "kvs-stand-in-" + socket.getLocalPort());
    return server;
  }

  /** Returns the port where it listens. */
  public int port() {
    return listening.getLocalPort();
  }

  /** Returns how many connections are open. */
  public synchronized int connections() {
    return sockets.size();
  }

  /** Resets all connections; clients may come back at once. */
  public void cut() {
    for (Socket socket : open()) {
      try {
        socket.setSoLinger(true, 0);
      } catch (IOException e) {
        LOG.debug("a connection ended by itself", e);
      }
      close(socket);
    }
  }

  /** Ends all connections and threads, within two seconds. */
  @Override
  public void close() {
    List<Thread> running;
    synchronized (this) {
      closed = true;
      running = List.copyOf(threads);
    }
    try {
      listening.close();
    } catch (IOException e) {
      LOG.debug("closing the listening socket failed", e);
    }
    running.forEach(Thread::interrupt);
    open().forEach(HttpServer::close);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(JOIN_MILLIS);
    boolean interrupted = false;
    for (Thread thread : running) {
      try {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (thread != Thread.currentThread() && left > 0 && !interrupted) {
          thread.join(left);
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept() {
    int count = 0;
    while (true) {
      Socket socket;
      try {
        socket = listening.accept();
      } catch (IOException e) {
        return; // closed
      }
      synchronized (this) {
        if (closed || sockets.size() >= MOST_CONNECTIONS) {
          close(socket);
          continue;
        }
        sockets.add(socket);
      }
      count++;
      begin(() -> serve(socket), "kvs-stand-in-" + port() + "-" + count);
    }
  }

  private void begin(Runnable task, String name) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } finally {
                synchronized (this) {
                  threads.remove(Thread.currentThread());
                }
              }
            },
            name);
    thread.setDaemon(true);
    synchronized (this) {
      if (!closed) {
        threads.add(thread);
        thread.start();
      }
    }
  }

  private void beside(Runnable task) {
    begin(task, Thread.currentThread().getName() + "-beside");
  }

  private void serve(Socket socket) {
    try {
      Connection connection = Connection.over(socket, tls);
      if (exchanges(connection)) {
        connection.finish();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.debug("a connection ended: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.warn("the stand-in failed", e);
    } finally {
      close(socket);
      synchronized (this) {
        sockets.remove(socket);
      }
    }
  }

  /** Returns whether the connection is to be ended in order. */
  private boolean exchanges(Connection connection) throws IOException, InterruptedException {
    while (true) {
      HttpExchange exchange;
      try {
        HttpRequest request = HttpRequest.read(connection.in());
        if (request == null) {
          return true;
        }
        exchange = new HttpExchange(request, connection, clock.instant(), this::beside);
      } catch (BadRequestException e) {
        LOG.debug("a bad request: {}", e.getMessage());
        connection
            .out()
            .write(
                "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        return true;
      }
      handler.handle(exchange);
      if (!exchange.reusable()) {
        return true;
      }
    }
  }

  private List<Socket> open() {
    synchronized (this) {
      return new ArrayList<>(sockets);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("closing a connection failed", e);
    }
  }
}
