package io.videoml.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FaultyRelayTest {
  private static final int LIMIT_MILLIS = 10_000;
  private static final int SILENCE_MILLIS = 300;

  private ServerSocket server;
  private FaultyRelay relay;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    server.setSoTimeout(LIMIT_MILLIS);
    relay = FaultyRelay.to("127.0.0.1", server.getLocalPort());
  }

  @AfterEach
  void close() throws IOException {
    relay.close();
    server.close();
  }

  @Test
  void forward_bothWays_deliversAndEndsWithEitherSide() throws IOException {
    try (Socket client = client();
        Socket served = server.accept()) {
      client.getOutputStream().write(1);
      served.getOutputStream().write(2);

      assertThat(served.getInputStream().read()).isEqualTo(1);
      assertThat(client.getInputStream().read()).isEqualTo(2);

      served.shutdownOutput();

      assertThat(client.getInputStream().read()).isEqualTo(-1);
      client.getOutputStream().write(3);
      assertThat(served.getInputStream().read()).isEqualTo(3);
    }
    until(() -> relay.connections() == 0);
  }

  @Test
  void cut_openConnections_resetsThemAndTakesNewOnes() throws IOException {
    try (Socket client = client();
        Socket served = accepted()) {
      relay.cut();

      assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
      assertThatThrownBy(() -> served.getInputStream().read()).isInstanceOf(SocketException.class);
    }
    until(() -> relay.connections() == 0);
    forward_bothWays_deliversAndEndsWithEitherSide();
  }

  @Test
  void stall_openConnection_holdsBackUntilResumed() throws IOException {
    try (Socket client = client();
        Socket served = accepted()) {
      relay.stall();
      served.getOutputStream().write(7);
      client.setSoTimeout(SILENCE_MILLIS);

      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);

      relay.resume();

      client.setSoTimeout(LIMIT_MILLIS);
      assertThat(client.getInputStream().read()).isEqualTo(7);
    }
  }

  @Test
  void cut_stalledConnection_resetsIt() throws IOException {
    try (Socket client = client();
        Socket served = accepted()) {
      relay.stall();
      served.getOutputStream().write(7);

      relay.cut();

      assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
      until(() -> relay.connections() == 0);
    }
  }

  @Test
  void slow_toOneThousandBytes_takesASecondForAThousand() throws IOException {
    try (Socket client = client();
        Socket served = accepted()) {
      relay.slow(1_000);
      long started = System.nanoTime();
      served.getOutputStream().write(new byte[1_000]);
      client.getInputStream().readNBytes(1_000);

      assertThat((System.nanoTime() - started) / 1e9).isBetween(0.9, 5.0);

      relay.resume();

      started = System.nanoTime();
      served.getOutputStream().write(new byte[100_000]);
      client.getInputStream().readNBytes(100_000);
      assertThat((System.nanoTime() - started) / 1e9).isLessThan(5);
    }
    assertThatThrownBy(() -> relay.slow(0)).hasMessageContaining("was 0");
  }

  @Test
  void refuse_openConnection_keepsItAndRefusesOthersUntilAccepted() throws IOException {
    try (Socket client = client();
        Socket served = accepted()) {
      relay.refuse();
      relay.refuse();

      assertThatThrownBy(this::client).isInstanceOf(ConnectException.class);
      served.getOutputStream().write(7);
      assertThat(client.getInputStream().read()).isEqualTo(7);

      relay.accept();
      relay.accept();

      try (Socket other = client();
          Socket alsoServed = accepted()) {
        alsoServed.getOutputStream().write(8);
        assertThat(other.getInputStream().read()).isEqualTo(8);
      }
    }
  }

  @Test
  void connect_targetGone_isReset() throws IOException {
    server.close();
    try (Socket client = client()) {
      assertThatThrownBy(
              () -> {
                if (client.getInputStream().read() < 0) {
                  throw new SocketException("closed");
                }
              })
          .isInstanceOf(SocketException.class);
    }
  }

  @Test
  void through_anyAddress_keepsAllButHostAndPort() {
    FaultyRelay other = relay;

    assertThat(other.through(URI.create("rtsp://us%20er:p%40ss@10.0.0.1:554/a%2Fb?c=d")))
        .isEqualTo(URI.create("rtsp://us%20er:p%40ss@127.0.0.1:" + relay.port() + "/a%2Fb?c=d"));
    assertThatThrownBy(() -> FaultyRelay.to(URI.create("rtsp://host/without-port")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void close_whileStalled_leavesNoThreadAndRefuses() throws IOException {
    String threads = "videoml-relay-" + relay.port();
    try (Socket client = client();
        Socket served = accepted()) {
      relay.stall();
      served.getOutputStream().write(7);
      client.getOutputStream().write(7);

      relay.close();
      relay.close();

      assertThat(Thread.getAllStackTraces().keySet())
          .noneMatch(thread -> thread.getName().startsWith(threads));
    }
    assertThatThrownBy(this::client).isInstanceOf(ConnectException.class);
    assertThatThrownBy(relay::accept).hasMessageContaining("closed");
  }

  private Socket client() throws IOException {
    Socket socket = new Socket("127.0.0.1", relay.port());
    socket.setSoTimeout(LIMIT_MILLIS);
    return socket;
  }

  private Socket accepted() throws IOException {
    Socket socket = server.accept();
    socket.setSoTimeout(LIMIT_MILLIS);
    return socket;
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT_MILLIS * 1_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
