package io.videoml.testkit.rtsp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port of the loopback interface that stays ours while nobody listens on it, so that a camera
 * that comes back finds it, and that meanwhile refuses connections. Bound, but not listening: Linux
 * lets another socket listen there, and gives the port to nobody who just asks for a free one.
 */
final class ReservedPort implements AutoCloseable {
  private final Socket socket;

  ReservedPort() {
    socket = new Socket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on the loopback interface", e);
    }
  }

  int number() {
    return socket.getLocalPort();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
