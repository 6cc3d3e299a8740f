package io.videoml.ffmpeg;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A camera: sends H.264 over RTSP, within the connection, over and over. */
final class RtspServer implements AutoCloseable {
  private static final int LARGEST_PAYLOAD = 1400;
  private static final int TICKS_PER_FRAME = 90_000 / 25;

  private final List<byte[]> units;
  private final String silentFrom;
  private final String credentials;
  private final ServerSocket server;
  private volatile String encoding = "H264";
  private volatile String media = "video";
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  /**
   * Starts it.
   *
   * @param h264 a raw stream
   * @param silentFrom the method that gets no answer, nor does any later; {@code RTP} where only
   *     the pictures are missing; empty for none
   * @param credentials as {@code user:password}; empty where anybody may watch
   */
  RtspServer(Path h264, String silentFrom, String credentials) throws IOException {
    this.units = units(Files.readAllBytes(h264));
    this.silentFrom = silentFrom;
    this.credentials = credentials;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  String url(String user) {
    return "rtsp://" + (user.isEmpty() ? "" : user + "@") + "127.0.0.1:" + server.getLocalPort();
  }

  /** Says from now on that the pictures are encoded in this way. */
  void encoding(String name) {
    encoding = name;
  }

  /** Says from now on that it sends something else than {@code video}. */
  void media(String name) {
    media = name;
  }

  /** Returns the methods that were asked for. */
  List<String> requests() {
    return requests;
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "rtsp-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        start(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try {
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      String request = request(socket.getInputStream());
      boolean silent = false;
      for (; !request.isEmpty(); request = request(socket.getInputStream())) {
        String method = request.substring(0, request.indexOf(' '));
        requests.add(method);
        silent |= method.equals(silentFrom);
        if (!silent) {
          synchronized (socket) {
            out.write(answer(method, request).getBytes(StandardCharsets.US_ASCII));
          }
        }
        if (method.equals("PLAY") && !silent && !silentFrom.equals("RTP")) {
          start(() -> play(socket, out));
        }
      }
    } catch (IOException e) {
      // the client went away
    }
  }

  private String answer(String method, String request) {
    String head = "\r\nCSeq: " + request.replaceAll("(?s).*CSeq: *(\\d+).*", "$1") + "\r\n";
    String login =
        Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.US_ASCII));
    if (!credentials.isEmpty() && !request.contains("Basic " + login)) {
      return "RTSP/1.0 401 Unauthorized" + head + "WWW-Authenticate: Basic realm=\"cam\"\r\n\r\n";
    }
    String ok = "RTSP/1.0 200 OK" + head;
    return switch (method) {
      case "OPTIONS" -> ok + "Public: DESCRIBE, SETUP, PLAY, TEARDOWN\r\n\r\n";
      case "DESCRIBE" ->
          ok
              + "Content-Type: application/sdp\r\nContent-Length: "
              + sdp().length()
              + "\r\n\r\n"
              + sdp();
      case "SETUP" -> ok + "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nSession: 7\r\n\r\n";
      default -> ok + "Session: 7\r\n\r\n";
    };
  }

  private String sdp() {
    List<String> parameters = new ArrayList<>();
    for (byte[] unit : units) {
      int type = unit[0] & 31;
      if (parameters.size() < 2 && (type == 7 || type == 8)) {
        parameters.add(Base64.getEncoder().encodeToString(unit));
      }
    }
    return "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=camera\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\n"
        + "m="
        + media
        + " 0 RTP/AVP 96\r\na=rtpmap:96 "
        + encoding
        + "/90000\r\na=control:track0\r\n"
        + "a=fmtp:96 packetization-mode=1;sprop-parameter-sets="
        + String.join(",", parameters)
        + "\r\n";
  }

  private void play(Socket socket, DataOutputStream out) {
    int sequence = 0;
    int ticks = 0;
    try {
      while (true) {
        for (byte[] unit : units) {
          int type = unit[0] & 31;
          boolean picture = type == 1 || type == 5;
          synchronized (socket) {
            sequence = send(out, unit, sequence, ticks, picture);
          }
          if (picture) { // of one slice each
            ticks += TICKS_PER_FRAME;
            LockSupport.parkNanos(5_000_000);
          }
        }
      }
    } catch (IOException e) {
      // the client went away
    }
  }

  /** Sends a unit, in fragments (RFC 6184, FU-A) where it is too large for one packet. */
  private static int send(DataOutputStream out, byte[] unit, int sequence, int ticks, boolean last)
      throws IOException {
    if (unit.length <= LARGEST_PAYLOAD) {
      packet(out, sequence, ticks, last, unit, 0, unit.length, new byte[0]);
      return sequence + 1;
    }
    int next = sequence;
    for (int at = 1; at < unit.length; at += LARGEST_PAYLOAD) {
      int length = Math.min(LARGEST_PAYLOAD, unit.length - at);
      boolean end = at + length == unit.length;
      int flags = (at == 1 ? 0x80 : 0) | (end ? 0x40 : 0);
      byte[] head = {(byte) (unit[0] & 0xe0 | 28), (byte) (flags | unit[0] & 31)};
      packet(out, next++, ticks, last && end, unit, at, length, head);
    }
    return next;
  }

  private static void packet(
      DataOutputStream out,
      int sequence,
      int ticks,
      boolean marker,
      byte[] data,
      int from,
      int length,
      byte[] head)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream rtp = new DataOutputStream(bytes);
    rtp.writeByte('$');
    rtp.writeByte(0);
    rtp.writeShort(12 + head.length + length);
    rtp.writeByte(0x80);
    rtp.writeByte((marker ? 0x80 : 0) | 96);
    rtp.writeShort(sequence);
    rtp.writeInt(ticks);
    rtp.writeInt(1);
    rtp.write(head);
    rtp.write(data, from, length);
    out.write(bytes.toByteArray());
  }

  /** Reads a request; passes over the receiver's reports, which come in frames of their own. */
  private static String request(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      if (next == '$' && head.isEmpty()) {
        in.read();
        in.skipNBytes(in.read() << 8 | in.read());
      } else {
        head.append((char) next);
      }
    }
    return head.toString();
  }

  /** Splits a raw stream at its start codes. */
  private static List<byte[]> units(byte[] h264) {
    List<byte[]> units = new ArrayList<>();
    String text = new String(h264, StandardCharsets.ISO_8859_1);
    for (String unit : text.split("\0{2,3}\1")) {
      if (!unit.isEmpty()) {
        units.add(unit.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return units;
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
