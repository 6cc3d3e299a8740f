package io.videoml.gstreamer;

import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Finds out why a server cannot be reached: GStreamer does not tell a wrong name from a refusal, or
 * from a certificate that is not trusted. One more attempt to connect does; it sends nothing.
 */
final class Reachability {
  private static final int PROBE_MILLIS = 500;

  private Reachability() {}

  /**
   * @param otherwise what to say where nothing is found
   */
  static SourceException of(String id, RtspAddress address, String otherwise) {
    try (Socket socket = new Socket()) {
      InetAddress host = InetAddress.getByName(address.host());
      socket.connect(new InetSocketAddress(host, address.port()), PROBE_MILLIS);
      if (address.encrypted() && speaksTls(socket, address)) {
        return new SourceException(
            Kind.CONFIGURATION,
            id,
            "the server's certificate is not trusted; name its authority with trust(...)");
      }
    } catch (UnknownHostException e) {
      return new SourceException(
          Kind.NETWORK,
          id,
          "the host name "
              + address.host()
              + " is unknown; check its spelling and the name server");
    } catch (ConnectException e) {
      return new SourceException(
          Kind.REFUSED, id, "the connection is refused; is the server running, the port right?");
    } catch (IOException e) {
      return new SourceException(
          Kind.NETWORK, id, "no connection; is " + address.host() + " up and reachable?");
    }
    return new SourceException(Kind.NETWORK, id, otherwise);
  }

  /** Returns whether a handshake works where every certificate will do. */
  private static boolean speaksTls(Socket connected, RtspAddress address) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Anyone()}, null);
      connected.setSoTimeout(PROBE_MILLIS);
      try (SSLSocket socket =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(connected, address.host(), address.port(), false)) {
        socket.startHandshake();
        return true;
      }
    } catch (GeneralSecurityException | IOException e) {
      return false;
    }
  }

  /** Only to tell a certificate that is not trusted from a server that is out of order. */
  private static final class Anyone implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
