package io.videoml.micrometer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A Prometheus server of its own, as a child process on a loopback port. */
final class Prometheus implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path log;
  private final int port;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private Prometheus(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  static boolean installed() {
    return List.of("prometheus", "promtool").stream()
        .allMatch(
            program ->
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))));
  }

  /** Starts a server with the folder's {@code prometheus.yml}; its data lie there, too. */
  static Prometheus start(Path folder) throws IOException {
    int port = freePort();
    Path log = folder.resolve("prometheus.log");
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + folder.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new Prometheus(process, log, port);
  }

  /** Runs {@code promtool} and returns what it printed; it must succeed. */
  static String promtool(Path folder, String... arguments) throws Exception {
    Path output = Files.createTempFile("promtool", ".log");
    try {
      String[] command = new String[arguments.length + 1];
      command[0] = "promtool";
      System.arraycopy(arguments, 0, command, 1, arguments.length);
      Process tool =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!tool.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        tool.destroyForcibly();
        throw new AssertionError("promtool hangs");
      }
      String printed = Files.readString(output);
      if (tool.exitValue() != 0) {
        throw new AssertionError("promtool " + String.join(" ", arguments) + ":\n" + printed);
      }
      return printed;
    } finally {
      Files.delete(output);
    }
  }

  /** Returns the result of an instant query; an error of the query is one of the test. */
  JsonNode query(String expression) {
    JsonNode answer =
        get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    if (!answer.path("status").asText().equals("success")) {
      throw new AssertionError(expression + ": " + answer);
    }
    return answer.at("/data/result");
  }

  /** Returns whether the expression, a comparison, holds of some series. */
  boolean holds(String expression) {
    return query(expression).size() > 0;
  }

  /** Returns whether the alert is in this state for the camera. */
  boolean alert(String name, String camera, String state) {
    for (JsonNode alert : get("/api/v1/alerts").at("/data/alerts")) {
      if (alert.at("/labels/alertname").asText().equals(name)
          && alert.at("/labels/camera_id").asText("").equals(camera)
          && alert.path("state").asText().equals(state)) {
        return true;
      }
    }
    return false;
  }

  void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        throw new AssertionError(
            "not within " + PATIENCE + ": " + what + "; Prometheus said:\n" + said());
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  boolean ready() {
    try {
      return send("/-/ready").startsWith("Prometheus");
    } catch (IOException e) {
      return false; // does not listen yet
    }
  }

  private JsonNode get(String path) {
    try {
      return JSON.readTree(send(path));
    } catch (IOException e) {
      throw new AssertionError(path, e);
    }
  }

  private String send(String path) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(20))
            .build();
    try {
      return client.send(request, BodyHandlers.ofString()).body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
