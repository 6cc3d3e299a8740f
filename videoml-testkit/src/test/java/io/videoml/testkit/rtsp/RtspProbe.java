package io.videoml.testkit.rtsp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.SocketFactory;

/**
 * A client that knows just enough of RTSP, and shares no code with the server: its word counts.
 *
 * <p>Threading: one thread. All reads end within two seconds.
 */
final class RtspProbe implements AutoCloseable {
  static final int LIMIT_MILLIS = 2_000;

  private final String address;
  private final Socket socket;
  private final DataInputStream in;
  private final List<DatagramSocket> datagrams = new ArrayList<>();
  private String scheme = "";
  private String user = "";
  private String password = "";
  private String session = "";
  private String challenge = "";
  private int sequence;
  private boolean udp;

  RtspProbe(URI uri) throws IOException {
    this(uri, SocketFactory.getDefault());
  }

  RtspProbe(URI uri, SocketFactory sockets) throws IOException {
    address = uri.toString();
    socket = sockets.createSocket();
    socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), LIMIT_MILLIS);
    socket.setSoTimeout(LIMIT_MILLIS);
    in = new DataInputStream(socket.getInputStream());
  }

  RtspProbe as(String way, String name, String secret) {
    scheme = way;
    user = name;
    password = secret;
    return this;
  }

  Response options() throws IOException {
    return request("OPTIONS", address, Map.of());
  }

  /** The first answer tells how to identify oneself, where one has something to say. */
  Response describe() throws IOException {
    Map<String, String> accept = Map.of("Accept", "application/sdp");
    Response first = request("DESCRIBE", address, accept);
    if (first.status() != 401 || scheme.isEmpty()) {
      return first;
    }
    challenge = first.headers().getOrDefault("www-authenticate", "");
    return request("DESCRIBE", address, accept);
  }

  /** Plays the first medium, and returns the answer to SETUP if that is refused. */
  Response play(RtspTransport transport) throws IOException {
    Response description = describe();
    if (description.status() != 200) {
      return description;
    }
    udp = transport == RtspTransport.UDP;
    String base = description.headers().getOrDefault("content-base", address + "/");
    String media = description.body().substring(description.body().indexOf("m=video"));
    String control = match("a=control:(\\S+)", media).orElseThrow();
    String ports = "RTP/AVP/TCP;unicast;interleaved=0-1";
    if (udp) {
      ports = "RTP/AVP;unicast;client_port=" + datagramPair();
    }
    Response setup =
        request(
            "SETUP",
            control.startsWith("rtsp") ? control : base + control,
            Map.of("Transport", ports));
    if (setup.status() != 200) {
      return setup;
    }
    session = setup.headers().getOrDefault("session", "").split(";")[0];
    return request("PLAY", base, Map.of("Range", "npt=0.000-"));
  }

  /**
   * Returns the next packet; empty where none comes in time. Fails at the end of the connection.
   */
  Optional<Packet> next(Duration limit) throws IOException {
    try {
      return Optional.of(udp ? datagram(limit) : interleaved(limit));
    } catch (SocketTimeoutException e) {
      return Optional.empty();
    }
  }

  /** Returns all packets of video that come in this time, or until the stream ends. */
  List<Packet> collect(Duration time) throws IOException {
    List<Packet> packets = new ArrayList<>();
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      Optional<Packet> packet = next(Duration.ofNanos(Math.max(left, 1_000_000)));
      packet.filter(found -> !found.rtcp()).ifPresent(packets::add);
    }
    return packets;
  }

  @Override
  public void close() throws IOException {
    datagrams.forEach(DatagramSocket::close);
    socket.close();
  }

  private Packet interleaved(Duration limit) throws IOException {
    socket.setSoTimeout((int) Math.max(1, limit.toMillis()));
    int mark = in.readUnsignedByte();
    socket.setSoTimeout(LIMIT_MILLIS);
    if (mark != '$') {
      throw new IOException("not a packet: " + mark);
    }
    int channel = in.readUnsignedByte();
    byte[] bytes = new byte[in.readUnsignedShort()];
    in.readFully(bytes);
    return new Packet(channel == 1, bytes);
  }

  private Packet datagram(Duration limit) throws IOException {
    // RTCP comes seldom; a look at it now and then will do.
    for (long left = limit.toMillis(); left > 0; left -= 20) {
      for (DatagramSocket receiver : datagrams) {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        receiver.setSoTimeout(receiver == datagrams.get(0) ? 20 : 1);
        try {
          receiver.receive(packet);
          byte[] bytes = java.util.Arrays.copyOf(packet.getData(), packet.getLength());
          return new Packet(receiver == datagrams.get(1), bytes);
        } catch (SocketTimeoutException e) {
          continue;
        }
      }
    }
    throw new SocketTimeoutException("no datagram");
  }

  private String datagramPair() throws IOException {
    for (int i = 0; i < 2; i++) {
      datagrams.add(new DatagramSocket(0, InetAddress.getByName("127.0.0.1")));
    }
    return datagrams.get(0).getLocalPort() + "-" + datagrams.get(1).getLocalPort();
  }

  private Response request(String method, String target, Map<String, String> headers)
      throws IOException {
    StringBuilder text = new StringBuilder(method + " " + target + " RTSP/1.0\r\n");
    text.append("CSeq: ").append(++sequence).append("\r\n");
    headers.forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
    if (!session.isEmpty()) {
      text.append("Session: ").append(session).append("\r\n");
    }
    if (!challenge.isEmpty()) {
      text.append("Authorization: ").append(identity(method, target)).append("\r\n");
    }
    socket.getOutputStream().write(text.append("\r\n").toString().getBytes(UTF_8));
    return response();
  }

  private String identity(String method, String target) {
    if (scheme.equals("Basic")) {
      byte[] both = (user + ":" + password).getBytes(UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(both);
    }
    String realm = match("realm=\"([^\"]*)\"", challenge).orElse("");
    String nonce = match("nonce=\"([^\"]*)\"", challenge).orElse("");
    String secret = md5(user + ":" + realm + ":" + password);
    String answer = md5(secret + ":" + nonce + ":" + md5(method + ":" + target));
    return "Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", response=\"%s\""
        .formatted(user, realm, nonce, target, answer);
  }

  private Response response() throws IOException {
    String status = line();
    while (status.startsWith("$")) {
      throw new IOException("a packet where a response was due");
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.merge(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).trim(),
          (first, second) -> first + ", " + second);
    }
    byte[] body = new byte[Integer.parseInt(headers.getOrDefault("content-length", "0"))];
    in.readFully(body);
    return new Response(Integer.parseInt(status.split(" ")[1]), headers, new String(body, UTF_8));
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  private static Optional<String> match(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static String md5(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  record Response(int status, Map<String, String> headers, String body) {}
}
