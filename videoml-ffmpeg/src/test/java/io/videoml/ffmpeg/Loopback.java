package io.videoml.ffmpeg;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A web server on this machine that answers as told, or keeps silent. */
final class Loopback implements AutoCloseable {
  /** What is sent after the request, and whether the connection then stays open, silent. */
  record Answer(byte[] bytes, boolean hangs) {
    static Answer status(String line) {
      String text = "HTTP/1.1 " + line + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
      return new Answer(text.getBytes(StandardCharsets.US_ASCII), false);
    }

    static Answer body(byte[] body) {
      return new Answer(with("Content-Length: " + body.length, body), false);
    }

    /** Sends the body, and never ends it. */
    static Answer endless(byte[] body) {
      return new Answer(with("Content-Type: video/mp2t", body), true);
    }

    static Answer redirect(String to) {
      String text =
          "HTTP/1.1 302 Found\r\nLocation: "
              + to
              + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
      return new Answer(text.getBytes(StandardCharsets.US_ASCII), false);
    }

    static Answer silence() {
      return new Answer(new byte[0], true);
    }

    private static byte[] with(String header, byte[] body) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      String head = "HTTP/1.1 200 OK\r\n" + header + "\r\nConnection: close\r\n\r\n";
      out.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
      out.writeBytes(body);
      return out.toByteArray();
    }
  }

  private final ServerSocket server;
  private final Map<String, Answer> answers;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private Loopback(Map<String, Answer> answers) throws IOException {
    this.answers = answers;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::accept, "loopback");
    thread.setDaemon(true);
    thread.start();
  }

  /** Starts a server; paths that are not named answer 404. */
  static Loopback of(Map<String, Answer> answers) {
    try {
      return new Loopback(answers);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Loopback of(String path, Answer answer) {
    return of(Map.of(path, answer));
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getLocalPort() + path;
  }

  int port() {
    return server.getLocalPort();
  }

  /** Returns the paths that were asked for. */
  List<String> requests() {
    return requests;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread thread = new Thread(() -> answer(socket), "loopback-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void answer(Socket socket) {
    try {
      String request = request(socket.getInputStream());
      if (!request.startsWith("GET")) {
        return; // as RTSP, to which this says nothing
      }
      String path = request.split(" ")[1];
      requests.add(path);
      Answer answer = answers.getOrDefault(path, Answer.status("404 Not Found"));
      socket.getOutputStream().write(answer.bytes());
      socket.getOutputStream().flush();
      if (!answer.hangs()) {
        socket.close();
      }
    } catch (IOException e) {
      // the client went away
    }
  }

  private static String request(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
    }
    return head.toString();
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
