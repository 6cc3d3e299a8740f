package io.videoml.cli;

import static io.videoml.cli.Secrets.PASSWORD;
import static io.videoml.cli.Secrets.USER;
import static io.videoml.cli.Secrets.WRONG_PASSWORD;
import static io.videoml.cli.Secrets.encoded;
import static io.videoml.cli.Secrets.inside;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videoml.testkit.DemoClip;
import io.videoml.testkit.net.ReservedPort;
import io.videoml.testkit.rtsp.FaultyRtspServer;
import io.videoml.testkit.rtsp.RtspCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the command through every fault of a camera with credentials, and searches all that it
 * leaves behind for them: standard output and error with debug logs, metrics, health, threads,
 * files. {@link SecretsInProcessTest} does the same for what only code sees.
 */
@Timeout(120)
class SecretsTest {
  private static final List<String> BACKENDS = List.of("ffmpeg", "gstreamer");
  private static final List<String> ALL = List.of("");

  @TempDir private Path directory;

  private final Secrets secrets = new Secrets();
  private final Map<String, ChildCommand> commands = new LinkedHashMap<>();
  private final List<ChildCommand> oneShots = new ArrayList<>();

  @BeforeAll
  static void needsACamera() {
    assumeTrue(
        FaultyRtspServer.whyUnavailable().isEmpty(),
        () -> FaultyRtspServer.whyUnavailable().orElse(""));
    assumeTrue(Files.isExecutable(ChildCommand.tool("jcmd")), "no jcmd: this is not a JDK");
  }

  @AfterEach
  void endCommands() {
    commands.values().forEach(ChildCommand::close);
    oneShots.forEach(ChildCommand::close);
  }

  @Test
  void look_secretInAnyForm_isFound() throws Exception {
    Path planted = directory.resolve("planted");
    Files.writeString(planted, "\u00e9 Authorization: Basic d2F0Y2hlcjdmM3E6czNjciN0L3BAc3M6OXo=");
    secrets.lookBelow(directory);
    secrets.look("raw", PASSWORD);
    secrets.look("address", inside("rtsp://127.0.0.1/a", WRONG_PASSWORD));
    secrets.look("half", "reading t/p@ss:9z@127.0.0.1");

    assertThat(secrets.leaks())
        .anyMatch(leak -> leak.startsWith("the file " + planted))
        .anyMatch(leak -> leak.startsWith("raw has"))
        .anyMatch(leak -> leak.startsWith("address has " + USER))
        .anyMatch(leak -> leak.startsWith("half has"));
  }

  @Test
  void faultRun_credentials_standNowhere() throws Exception {
    try (FaultyRtspServer camera =
            FaultyRtspServer.builder().size(320, 180).credentials(USER, PASSWORD).start();
        ReservedPort refusing = ReservedPort.onLoopback()) {
      String address = camera.uri().toString();
      String refused = "rtsp://127.0.0.1:" + refusing.number() + "/stream";
      int port = MetricsTest.freePort();
      start("fleet", "fleet", "--verbose", "--config", config(address, refused, port));
      List<Integer> ports = new ArrayList<>(List.of(port));
      for (String backend : BACKENDS) {
        int own = MetricsTest.freePort();
        ports.add(own);
        start(
            "detect-" + backend,
            "detect",
            "--verbose",
            "--backend",
            backend,
            "--source",
            inside(address, PASSWORD),
            "--sampler",
            "rate:2",
            "--model",
            DemoClip.model().toString(),
            "--metrics-port",
            Integer.toString(own));
      }
      awaitFrames("frames", Map.of());
      String served = pages(ports);

      Map<String, Integer> before = marks();
      camera.kill();
      awaitAll("the loss", before, text -> text.contains("\"reconnecting\""));
      startOneShots(address, refused);
      camera.restart();
      awaitFrames("frames after the restart", before);
      endOneShots();

      before = marks();
      camera.freeze();
      awaitAll("the end of patience", before, text -> text.contains("\"disconnected\""));
      served += pages(ports);
      String threads = threads();
      secrets.lookBelow(directory);
      camera.thaw();
      awaitFrames("frames after the thaw", before);

      before = marks();
      camera.codec(RtspCodec.H265);
      awaitAll("the cut", before, text -> text.contains("\"disconnected\""));
      awaitFrames("frames of another codec", before);
      served += pages(ports);

      for (ChildCommand command : commands.values()) {
        assertThat(command.terminate()).isEqualTo(143);
      }
      secrets.look("what is served", served);
      secrets.look("a thread", threads);
      secrets.lookBelow(directory);

      assertThat(secrets.leaks()).isEmpty();
      assertEverythingWasThere(served, threads);
    }
  }

  /** An empty page leaks nothing, and proves nothing. */
  private void assertEverythingWasThere(String served, String threads) throws Exception {
    assertThat(served)
        .contains("video_reconnects_total{", "video_camera_status{", "authentication")
        .contains("gate-gstreamer", "gate-ffmpeg", "wrong-ffmpeg", "127.0.0.1");
    assertThat(threads).contains("videoml-gate-ffmpeg", "videoml-gate-gstreamer");
    String fleet = commands.get("fleet").out();
    for (String backend : BACKENDS) {
      assertThat(fleet.lines())
          .anyMatch(line -> line.contains("wrong-" + backend) && line.contains("authentication"))
          .anyMatch(line -> line.contains("lost-" + backend) && line.contains("not_found"))
          .anyMatch(line -> line.contains("shut-" + backend) && line.contains("refused"));
      assertThat(commands.get("detect-" + backend).err()).contains("videoml: debug: ");
    }
  }

  private String config(String address, String refused, int port) throws Exception {
    StringBuilder yaml =
        new StringBuilder("metrics: { port: " + port + " }\n")
            .append("model: { file: " + DemoClip.model() + " }\n")
            .append("defaults: { sampler: \"rate:2\" }\ncameras:\n");
    for (String backend : BACKENDS) {
      camera(yaml, "gate-" + backend, backend, address, "GATE_PASSWORD");
      camera(yaml, "wrong-" + backend, backend, address, "WRONG_PASSWORD");
      camera(yaml, "lost-" + backend, backend, address + "-elsewhere", "GATE_PASSWORD");
      camera(yaml, "shut-" + backend, backend, refused, "GATE_PASSWORD");
    }
    return Files.writeString(directory.resolve("cameras.yaml"), yaml).toString();
  }

  private static void camera(
      StringBuilder yaml, String id, String backend, String address, String password) {
    String source = address.replace("://", "://${GATE_USER}:${" + password + "}@");
    yaml.append("  - { id: %s, backend: %s, source: \"%s\" }\n".formatted(id, backend, source));
  }

  /** What ends by itself; looked at with all the rest, as its output stays in files. */
  private void startOneShots(String address, String refused) throws Exception {
    for (String backend : BACKENDS) {
      oneShot("refused-" + backend, "sample", inside(refused, PASSWORD), "--backend", backend);
      oneShot(
          "checkup-" + backend, "doctor", inside(address, WRONG_PASSWORD), "--backend", backend);
    }
  }

  private void oneShot(String name, String command, String source, String... more)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of(command, "--verbose", "--source", source));
    arguments.addAll(List.of(more));
    oneShots.add(launch(name, arguments.toArray(String[]::new)));
  }

  private void endOneShots() throws Exception {
    for (ChildCommand command : oneShots) {
      assertThat(command.exitCode()).isEqualTo(1);
    }
  }

  private void start(String name, String... arguments) throws Exception {
    commands.put(name, launch(name, arguments));
  }

  private ChildCommand launch(String name, String... arguments) throws Exception {
    Map<String, String> environment =
        Map.of(
            "GATE_USER", USER,
            "GATE_PASSWORD", encoded(PASSWORD),
            "WRONG_PASSWORD", encoded(WRONG_PASSWORD));
    return new ChildCommand(directory.resolve(name), environment, arguments);
  }

  private void awaitFrames(String what, Map<String, Integer> from) throws Exception {
    awaitAll(
        what,
        from,
        text -> {
          int connected = text.lastIndexOf("\"connected\"");
          return connected >= 0 && text.indexOf("\"type\":\"frame\"", connected) >= 0;
        });
  }

  /** Waits for what each backend writes of the camera with the right password. */
  private void awaitAll(String what, Map<String, Integer> from, Predicate<String> condition)
      throws Exception {
    for (Map.Entry<String, ChildCommand> command : commands.entrySet()) {
      String name = command.getKey();
      for (String stream : name.equals("fleet") ? List.of("gate-ffmpeg", "gate-gstreamer") : ALL) {
        command
            .getValue()
            .await(
                what + " of " + name + " " + stream,
                from.getOrDefault(name, 0),
                text -> condition.test(linesOf(stream, text)));
      }
    }
  }

  private static String linesOf(String stream, String text) {
    return text.lines().filter(line -> line.contains(stream)).collect(Collectors.joining("\n"));
  }

  private Map<String, Integer> marks() throws Exception {
    Map<String, Integer> marks = new LinkedHashMap<>();
    for (String name : commands.keySet()) {
      marks.put(name, commands.get(name).out().length());
    }
    return marks;
  }

  private static String pages(List<Integer> ports) {
    StringBuilder pages = new StringBuilder();
    for (int port : ports) {
      pages.append(MetricsTest.get(port, "/metrics")).append(MetricsTest.get(port, "/health"));
    }
    return pages.toString();
  }

  private String threads() throws Exception {
    StringBuilder threads = new StringBuilder();
    for (ChildCommand command : commands.values()) {
      threads.append(command.threads());
    }
    return threads.toString();
  }
}
