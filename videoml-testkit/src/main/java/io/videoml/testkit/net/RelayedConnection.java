package io.videoml.testkit.net;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * One client's connection, and the relay's own to the server.
 *
 * <p>Threading: run by one thread; reset from any.
 */
final class RelayedConnection {
  private final Socket client;
  private final Socket server = new Socket();
  private final Gate gate;
  private volatile boolean gone;

  RelayedConnection(Socket client, Gate gate) {
    this.client = client;
    this.gate = gate;
  }

  /** Forwards both ways until both sides have ended, or it is reset. */
  void run(InetSocketAddress target, int connectMillis) {
    try {
      server.connect(target, connectMillis);
    } catch (IOException e) {
      reset();
      return;
    }
    Thread back =
        new Thread(() -> forward(server, client), Thread.currentThread().getName() + "-back");
    back.setDaemon(true);
    back.start();
    forward(client, server);
    try {
      back.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    quietly(client);
    quietly(server);
  }

  /** Ends it at once, as a router does that has forgotten it: both ends see a reset. */
  void reset() {
    gone = true;
    gate.wake();
    for (Socket socket : new Socket[] {client, server}) {
      try {
        socket.setSoLinger(true, 0);
      } catch (IOException e) {
        // Closed already; then closing it again does no harm.
        quietly(socket);
      }
      quietly(socket);
    }
  }

  private void forward(Socket from, Socket to) {
    byte[] buffer = new byte[Gate.MOST_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer, 0, gate.portion());
          read >= 0;
          read = in.read(buffer, 0, gate.portion())) {
        gate.pass(read, () -> gone);
        out.write(buffer, 0, read);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // One side failed: the other must learn of it.
      reset();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reset();
    }
  }

  static void quietly(Closeable resource) {
    try {
      resource.close();
    } catch (IOException e) {
      // What is closed to end it has nothing more to say.
      return;
    }
  }
}
