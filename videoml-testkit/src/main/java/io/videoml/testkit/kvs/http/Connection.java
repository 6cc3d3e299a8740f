package io.videoml.testkit.kvs.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A connection, with TLS or without.
 *
 * <p>Threading: {@link #end} from any thread, the rest as the streams have it.
 */
final class Connection {
  private static final int LINGER_MILLIS = 500;

  /** What a client must do first, at most in this time. */
  private static final int HANDSHAKE_MILLIS = 10_000;

  private final Socket raw;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  private Connection(Socket raw, Socket socket) throws IOException {
    this.raw = raw;
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 65_536);
    this.out = new BufferedOutputStream(socket.getOutputStream(), 32_768);
  }

  /** Takes over an accepted socket; shakes hands if there is TLS. */
  static Connection over(Socket raw, @Nullable SSLContext tls) throws IOException {
    raw.setTcpNoDelay(true);
    if (tls == null) {
      return new Connection(raw, raw);
    }
    raw.setSoTimeout(HANDSHAKE_MILLIS);
    SSLSocket secure =
        (SSLSocket)
            tls.getSocketFactory()
                .createSocket(
                    raw,
                    raw.getInetAddress().getHostAddress(),
                    raw.getPort(),
                    /* autoClose= */ true);
    secure.setUseClientMode(false);
    secure.startHandshake();
    raw.setSoTimeout(0);
    return new Connection(raw, secure);
  }

  InputStream in() {
    return in;
  }

  OutputStream out() {
    return out;
  }

  Socket socket() {
    return raw;
  }

  /** Ends it below TLS: a cut network says no farewell. */
  void end(Ending how) {
    try {
      if (how == Ending.RESET) {
        raw.setSoLinger(true, 0);
      } else {
        raw.shutdownOutput();
        raw.setSoTimeout(LINGER_MILLIS);
        skipRest(raw.getInputStream(), System.nanoTime() + LINGER_MILLIS * 1_000_000L);
      }
    } catch (IOException e) {
      // The peer was faster.
    } finally {
      close();
    }
  }

  /** Ends it in order: what was written arrives. */
  void finish() {
    try {
      out.flush();
      if (socket instanceof SSLSocket secure) {
        secure.shutdownOutput();
      }
    } catch (IOException e) {
      // The peer was faster.
    }
    end(Ending.CLOSE);
  }

  void drain() {
    try {
      skipRest(socket.getInputStream(), System.nanoTime() + Long.MAX_VALUE / 2);
    } catch (IOException e) {
      // It ended.
    }
  }

  /** Closing before everything is read would be a reset. */
  private static void skipRest(InputStream in, long deadlineNanos) throws IOException {
    byte[] rest = new byte[8192];
    int read = 0;
    while (read >= 0 && System.nanoTime() - deadlineNanos < 0) {
      read = in.read(rest);
    }
  }

  void close() {
    try {
      raw.close();
    } catch (IOException e) {
      // It is gone all the same.
    }
  }
}
