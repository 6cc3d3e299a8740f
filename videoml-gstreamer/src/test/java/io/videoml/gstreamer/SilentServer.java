package io.videoml.gstreamer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Accepts connections on loopback, sends the same bytes to each, and then nothing more. */
final class SilentServer implements AutoCloseable {
  private final ServerSocket server;
  private final List<Socket> clients = new CopyOnWriteArrayList<>();

  SilentServer(byte[] greeting) {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(() -> serve(greeting), "silent-server");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  private void serve(byte[] greeting) {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        clients.add(client);
        client.getOutputStream().write(greeting);
        client.getOutputStream().flush();
      } catch (IOException e) {
        // The client left, or the test is over.
      }
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket client : clients) {
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
