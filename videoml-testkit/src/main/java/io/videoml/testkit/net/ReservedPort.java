package io.videoml.testkit.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A port of the loopback interface that refuses connections and stays ours: the system gives it to
 * nobody who asks for a free one. A server of ours can listen on it, leave, and come back.
 *
 * <p>It is bound, but does not listen; Linux lets another socket listen on such a port if that sets
 * {@code SO_REUSEADDR}, as servers do.
 *
 * <p>Threading: all methods from any thread.
 */
public final class ReservedPort implements AutoCloseable {
  private final Socket socket = new Socket();

  private ReservedPort() throws IOException {
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(loopback(), 0));
  }

  /** Reserves a free port until it is closed. */
  public static ReservedPort onLoopback() {
    try {
      return new ReservedPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on the loopback interface", e);
    }
  }

  /** Returns its number. */
  public int number() {
    return socket.getLocalPort();
  }

  /** Listens on the port until the caller closes what is returned; then it refuses again. */
  ServerSocket listen() throws IOException {
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(loopback(), number()));
    return server;
  }

  /** Gives the port back. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }
}
