package io.videoml.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.videoml.cli.options.ModelOptions;
import io.videoml.cli.options.SourceOptions;
import io.videoml.cli.process.CliException;
import io.videoml.cli.process.Interruption;
import io.videoml.cli.run.LoadedModel;
import io.videoml.cli.run.Parts;
import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.pipeline.ResultSink;
import io.videoml.source.FrameSource;
import io.videoml.source.SourceException;
import io.videoml.testkit.FakeFrameSource;
import io.videoml.testkit.ScriptedDetector;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.TestClips;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code fleet} does around a fleet; its sources and detector are fakes. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FleetCommandTest {
  private static final TestClip CLIP = TestClips.still().withFrames(30);

  @TempDir private Path directory;

  @Test
  void fleet_files_writesResultsEventsAndASummaryOfEach() throws IOException {
    Detection car = new Detection(2, "car", 0.5f, new Box(1, 2, 3, 4));
    ScriptedDetector detector = ScriptedDetector.finding(car);

    Cli.Result result =
        fleet(
            new Fakes(detector),
            """
            model: { file: m.onnx }
            defaults: { sampler: "every:5" }
            cameras:
              - { id: a, source: clip }
              - { id: b, source: clip, sampler: "every:10", priority: high }
              - { id: c, source: clip, enabled: false }
            """);

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(frames(result, "a")).containsExactly(0, 5, 10, 15, 20, 25);
    assertThat(frames(result, "b")).containsExactly(0, 10, 20);
    assertThat(frames(result, "c")).isEmpty();
    assertThat(result.lines("frame"))
        .allSatisfy(line -> assertThat(line.get("detections")).hasSize(1));
    assertThat(result.lines("event"))
        .filteredOn(line -> line.get("stream").asText().equals("a"))
        .extracting(line -> line.get("event").asText())
        .containsExactly("connected", "ended");
    List<JsonNode> last = result.lines().subList(result.lines().size() - 2, result.lines().size());
    assertThat(last).extracting(line -> line.get("stream").asText()).containsExactly("a", "b");
    assertThat(last).allSatisfy(line -> assertThat(line.get("read").asInt()).isEqualTo(30));
    assertThat(detector.timesClosed()).isOne();
  }

  @Test
  void fleet_withoutModel_samplesOnly() throws IOException {
    Cli.Result result =
        fleet(new Fakes(ScriptedDetector.finding()), "cameras: [{ id: a, source: clip }]\n");

    assertThat(result.exitCode()).isZero();
    assertThat(result.lines("frame")).hasSize(30).noneMatch(line -> line.has("detections"));
  }

  @Test
  void fleet_oneCameraFails_othersGoOnAndTheCommandFails() throws IOException {
    Cli.Result result =
        fleet(
            new Fakes(ScriptedDetector.finding()),
            "cameras: [{ id: a, source: broken }, { id: b, source: clip }]\n");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err().lines())
        .singleElement()
        .asString()
        .startsWith("videoml: error: 1 of 2 cameras failed (a: ");
    assertThat(frames(result, "b")).hasSize(30);
    assertThat(result.lines("summary")).hasSize(2);
  }

  @Test
  void fleet_sourceThatCannotBeDescribed_isAnErrorWithItsPlace() throws IOException {
    Cli.Result result =
        fleet(new Fakes(ScriptedDetector.finding()), "cameras:\n  - id: a\n    source: kvs://x\n");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains(directory.resolve("cameras.yaml") + ":3:13: the source of camera a");
  }

  @Test
  void fleet_metrics_servesCountsAndHealthOfEveryCamera() throws IOException {
    int port = MetricsTest.freePort();
    Interruption interruption = new Interruption(code -> {});
    List<String> pages = new ArrayList<>();
    OutputStream asking =
        new OutputStream() {
          @Override
          public void write(int value) {
            throw new AssertionError("lines are written whole");
          }

          @Override
          public synchronized void write(byte[] line) {
            if (pages.isEmpty() && new String(line, UTF_8).contains("\"frame\":9,")) {
              pages.add(MetricsTest.get(port, "/metrics"));
              pages.add(MetricsTest.get(port, "/health"));
              interruption.signal(15);
            }
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    int exitCode =
        Cli.run(
            new Fakes(ScriptedDetector.finding()),
            interruption,
            asking,
            err,
            "fleet",
            "--config",
            config("metrics: { port: " + port + " }\ncameras: [{ id: gate, source: hanging }]\n"));

    assertThat(exitCode).isEqualTo(143);
    assertThat(err.toString(UTF_8))
        .isEqualTo("videoml: metrics at http://127.0.0.1:" + port + "/metrics\n");
    assertThat(pages.get(0)).contains("{camera_id=\"gate\",pipeline=\"fleet\"");
    assertThat(Cli.parse(pages.get(1)).toString()).contains("gate", "live");
  }

  @Test
  void fleet_signal_writesASummaryOfEachAndSaysSo() throws IOException {
    Interruption interruption = new Interruption(code -> {});
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OutputStream interrupting =
        new OutputStream() {
          @Override
          public synchronized void write(int b) {
            out.write(b);
          }

          @Override
          public synchronized void write(byte[] bytes, int from, int length) {
            out.write(bytes, from, length);
            if (new String(bytes, StandardCharsets.UTF_8).contains("\"frame\":9,")) {
              interruption.signal(15);
            }
          }
        };

    int exitCode =
        Cli.run(
            new Fakes(ScriptedDetector.finding()),
            interruption,
            interrupting,
            new ByteArrayOutputStream(),
            "fleet",
            "--config",
            config("cameras: [{ id: a, source: hanging }, { id: b, source: hanging-at-once }]\n"));

    assertThat(exitCode).isEqualTo(143);
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines.subList(lines.size() - 2, lines.size()))
        .allSatisfy(line -> assertThat(line).contains("\"type\":\"summary\""));
  }

  @Test
  void fleet_outputThatBreaks_endsAllWithOneLine() throws IOException {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    int exitCode =
        Cli.run(
            new Fakes(ScriptedDetector.finding()),
            new Interruption(code -> {}),
            full,
            err,
            "fleet",
            "--config",
            config("cameras: [{ id: a, source: hanging }, { id: b, source: hanging-at-once }]\n"));

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .contains("cannot write standard output");
  }

  @Test
  void fleet_help_showsTheFile() {
    Cli.Result result = Cli.run(new Fakes(ScriptedDetector.finding()), "fleet", "--help");

    assertThat(result.out()).contains("viewer:${GATE_PASSWORD}@").contains("maxConcurrent: 2");
  }

  private static List<Integer> frames(Cli.Result result, String stream) {
    return result.lines("frame").stream()
        .filter(line -> line.get("stream").asText().equals(stream))
        .map(line -> line.get("frame").asInt())
        .toList();
  }

  private Cli.Result fleet(Parts parts, String yaml) throws IOException {
    return Cli.run(parts, "fleet", "--config", config(yaml));
  }

  private String config(String yaml) throws IOException {
    return Files.writeString(directory.resolve("cameras.yaml"), yaml).toString();
  }

  /** Sources by the last part of their address. */
  private record Fakes(ScriptedDetector detector) implements Parts {
    @Override
    public FrameSource source(SourceOptions options) {
      String name = String.valueOf(Path.of(options.address()).getFileName());
      FakeFrameSource.Builder source = FakeFrameSource.of(name, CLIP);
      return switch (name) {
        case "clip" -> source.build();
        case "broken" -> source.failAt(10, SourceException.Kind.CORRUPT).build();
        case "hanging" -> source.hangAt(10).build();
        case "hanging-at-once" -> source.hangAt(0).build();
        default -> throw CliException.usage("kvs: is not in this version", "name a file");
      };
    }

    @Override
    public LoadedModel load(ModelOptions options) {
      return new LoadedModel(detector, "fake");
    }

    @Override
    public ResultSink annotator(Path target) {
      throw new UncheckedIOException(new IOException("not here"));
    }
  }
}
