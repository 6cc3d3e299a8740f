package io.videoml.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.videoml.cli.options.SourceOptions.Backend;
import io.videoml.cli.process.CliException;
import io.videoml.cli.process.ExitCode;
import io.videoml.fleet.Priority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigReaderTest {
  private static final String SECRET = "hunter2";
  private static final Map<String, String> ENVIRONMENT =
      Map.of("GATE_PASSWORD", SECRET, "CALLS", "3", "EMPTY", "");

  @TempDir private Path directory;

  @Test
  void read_everything_isThere() {
    FleetConfig config =
        read(
            """
            model:
              file: models/yolox.onnx
              labels: coco.txt
              confidence: 0.4
              classes: [person, car]
              threads: 2
            maxConcurrent: ${CALLS}
            batching: { size: 4, delay: 20ms }
            weights: { high: 8 }
            freshness:
              low: 1m
            metrics: { port: 9100 }
            defaults: { sampler: motion, zone: yard, backend: ffmpeg }
            zones:
              yard: { priority: low }
              gate:
            cameras:
              - id: gate
                source: rtsp://viewer:${GATE_PASSWORD}@10.0.0.5/stream
                zone: gate
                priority: HIGH
                sampler: every:5
              - { id: yard, source: clips/yard.mp4, backend: auto }
              - { id: off, source: /clips/off.mp4, enabled: false }
            """);

    assertThat(config.model().orElseThrow().model())
        .contains(directory.resolve("models/yolox.onnx"));
    assertThat(config.model().orElseThrow().labels()).contains(directory.resolve("coco.txt"));
    assertThat(config.model().orElseThrow().confidence()).isEqualTo(0.4f);
    assertThat(config.model().orElseThrow().classes()).containsExactly("person", "car");
    assertThat(config.model().orElseThrow().threads()).hasValue(2);
    assertThat(config.maxConcurrent()).hasValue(3);
    assertThat(config.batching()).contains(new FleetConfig.Batching(4, Duration.ofMillis(20)));
    assertThat(config.weights()).isEqualTo(Map.of(Priority.HIGH, 8));
    assertThat(config.freshness()).isEqualTo(Map.of(Priority.LOW, Duration.ofMinutes(1)));
    assertThat(config.metrics().orElseThrow().port()).isEqualTo(9100);
    assertThat(config.metrics().orElseThrow().host()).isEqualTo("127.0.0.1");
    CameraConfig gate = config.cameras().get(0);
    assertThat(gate.source().address()).isEqualTo("rtsp://viewer:hunter2@10.0.0.5/stream");
    assertThat(gate.source().backend()).isEqualTo(Backend.ffmpeg);
    assertThat(gate.zone()).isEqualTo("gate");
    assertThat(gate.priority()).isEqualTo(Priority.HIGH);
    assertThat(gate.toString()).doesNotContain(SECRET);
    CameraConfig yard = config.cameras().get(1);
    assertThat(yard.source().address()).isEqualTo(directory.resolve("clips/yard.mp4").toString());
    assertThat(yard.source().backend()).isEqualTo(Backend.auto);
    assertThat(yard.zone()).isEqualTo("yard");
    assertThat(yard.priority()).as("of its zone").isEqualTo(Priority.LOW);
    assertThat(yard.enabled()).isTrue();
    assertThat(config.cameras().get(2).enabled()).isFalse();
    assertThat(config.cameras().get(2).source().address()).isEqualTo("/clips/off.mp4");
  }

  @Test
  void read_theGuidesExample_isWithoutMistakes() throws IOException {
    String guide = Files.readString(Path.of("../docs/guides/fleets.md"));
    int start = guide.indexOf("```yaml\n") + "```yaml\n".length();

    FleetConfig config = read(guide.substring(start, guide.indexOf("```", start)));

    assertThat(config.cameras())
        .extracting(CameraConfig::id)
        .containsExactly("gate", "shed", "pond");
    assertThat(config.cameras().get(1).priority()).isEqualTo(Priority.LOW);
  }

  @Test
  void read_escapedReference_staysAsItIs() {
    FleetConfig config =
        read("cameras:\n  - { id: a, source: \"http://host/$${x}$1\", zone: \"${EMPTY}\" }\n");

    assertThat(config.cameras().get(0).source().address()).isEqualTo("http://host/${x}$1");
    assertThat(config.cameras().get(0).zone()).isEmpty();
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("", "", "is empty"),
        Arguments.of("- a\n", "1:1", "the file is no mapping"),
        Arguments.of("camera: []\n", "1:1", "unknown key camera in the file (there are model,"),
        Arguments.of("cameras: 3\n", "1:10", "cameras is of the wrong type"),
        Arguments.of("cameras: []\n", "1:1", "there is no camera to run"),
        Arguments.of("defaults: {}\n", "1:1", "there is no camera to run"),
        Arguments.of(
            "cameras:\n  - { id: a, source: b, enabled: false }\n", "1:1", "no camera to run"),
        Arguments.of("cameras:\n  - id: a\n    sorce: b\n", "3:5", "unknown key sorce in camera 1"),
        Arguments.of("cameras:\n  - source: b\n", "2:5", "id is missing in camera 1"),
        Arguments.of("cameras:\n  - id: a\n", "2:5", "source is missing in camera 1"),
        Arguments.of("cameras:\n  - a\n", "2:5", "camera 1 is no mapping"),
        Arguments.of(
            "cameras:\n  - { id: a, source: b }\n  - { source: c, id: a }\n",
            "3:18",
            "there are two cameras of the id a (the first is at FILE:2:7)"),
        Arguments.of(
            "cameras:\n  - id: a\n    id: b\n    source: c\n",
            "3:5",
            "id is there twice in camera 1 (it was given at FILE:2:5 first)"),
        Arguments.of(
            "maxConcurrent: two\n", "1:16", "'two' is not a whole number from 1 to 1000000"),
        Arguments.of("maxConcurrent: 0\n", "1:16", "'0' is not a whole number"),
        Arguments.of("maxConcurrent:\n", "1:15", "maxConcurrent is of the wrong type"),
        Arguments.of("maxConcurrent: [1]\n", "1:16", "it is a list, one value is expected"),
        Arguments.of("batching: { size: 4 }\n", "1:11", "delay is missing in batching"),
        Arguments.of("batching: { size: 4, delay: soon }\n", "1:29", "'soon' is not a duration"),
        Arguments.of("freshness: { hi: 1s }\n", "1:14", "unknown key hi"),
        Arguments.of("freshness: { high: 0s }\n", "1:20", "not a positive duration"),
        Arguments.of("weights: { low: 5000 }\n", "1:17", "from 1 to 1000"),
        Arguments.of("metrics: { port: 99999 }\n", "1:18", "from 0 to 65535"),
        Arguments.of("model: { head: yolox }\n", "1:8", "file is missing in model"),
        Arguments.of(
            "model: { file: m.onnx, confidence: 7 }\n", "1:36", "'7' is not a number from 0 to 1"),
        Arguments.of(
            "model: { file: m.onnx, threads: many }\n", "1:33", "'many' is not a whole number"),
        Arguments.of(
            "cameras:\n  - { id: a, source: b, sampler: \"evry:5\" }\n",
            "2:34",
            "sampler 'evry' is not known"),
        Arguments.of(
            "cameras:\n  - { id: a, source: b, priority: urgent }\n",
            "2:35",
            "'urgent' is none of high, normal, low"),
        Arguments.of(
            "cameras:\n  - { id: a, source: b, enabled: yes }\n", "2:34", "neither true nor false"),
        Arguments.of(
            "zones: { yard: }\ncameras:\n  - { id: a, source: b, zone: gate }\n",
            "3:31",
            "there is no such zone under zones"),
        Arguments.of("cameras:\n  - { id: ' ', source: b }\n", "2:11", "id cannot be used"),
        Arguments.of(
            "cameras:\n  - { id: a, source: \"${NOWHERE}\" }\n",
            "2:22",
            "the environment has no variable NOWHERE (set it"),
        Arguments.of(
            "cameras:\n  - { id: a, source: \"${NOT COMPLETE}\" }\n",
            "2:22",
            "a reference to the environment is not complete"),
        Arguments.of("cameras:\n  - id: a\n   source: b\n", "3:4", "no valid YAML"),
        Arguments.of("a: 1\n---\nb: 2\n", "", "no valid YAML"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void read_aMistake_isOneLineWithItsPlace(String yaml, String place, String message) {
    CliException problem = problem(yaml);

    String file = directory.resolve("cameras.yaml").toString();
    assertThat(problem.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(problem.getMessage())
        .contains(message.replace("FILE", file))
        .contains(place.isEmpty() ? file : file + ":" + place + ": ")
        .doesNotContain("\n");
  }

  static Stream<String> mistakesWithASecret() {
    return Stream.of(
        "cameras:\n  - { id: a, source: b, sampler: \"${GATE_PASSWORD}\" }\n",
        "cameras:\n  - { id: a, source: b, priority: \"${GATE_PASSWORD}\" }\n",
        "cameras:\n  - { id: a, source: b, enabled: \"${GATE_PASSWORD}\" }\n",
        "cameras:\n  - { id: a, source: \"${GATE_PASSWORD}\\0\" }\n",
        "maxConcurrent: ${GATE_PASSWORD}\n",
        "model: { file: a, head: b, iou: \"${GATE_PASSWORD}\" }\n",
        "cameras:\n  - { id: a, source: rtsp://viewer:hunter2@host, colour: red }\n",
        "cameras:\n  - rtsp://viewer:hunter2@host\n",
        "cameras:\n  - { rtsp://viewer:hunter2@host: a }\n",
        "cameras:\n  - { id: a, source: *hunter2 }\n",
        "cameras:\n  - { id: a, source: !hunter2!x }\n",
        "cameras:\n  - { id: a, source: @hunter2 }\n",
        "cameras:\n  - { id: a, source: 'rtsp://viewer:hunter2@host }\n",
        "cameras:\n  - id: a\n    source: rtsp://viewer: hunter2@host\n",
        "cameras:\n  - id: a\n    source: [rtsp://viewer:hunter2@host]\n");
  }

  @ParameterizedTest
  @MethodSource("mistakesWithASecret")
  void read_aMistakeNearASecret_doesNotShowIt(String yaml) {
    CliException problem = problem(yaml);

    assertThat(problem.getMessage()).doesNotContain(SECRET);
    assertThat(problem.getCause()).as("which --verbose would show").isNull();
  }

  @Test
  void read_noFile_saysSo() {
    CliException problem =
        catchThrowableOfType(
            CliException.class,
            () -> new ConfigReader(directory.resolve("none.yaml"), name -> null).read());

    assertThat(problem).hasMessageContaining("none.yaml cannot be read (there is no such file");
  }

  private CliException problem(String yaml) {
    return catchThrowableOfType(CliException.class, () -> read(yaml));
  }

  private FleetConfig read(String yaml) {
    Path file = directory.resolve("cameras.yaml");
    try {
      Files.writeString(file, yaml);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return new ConfigReader(file, ENVIRONMENT::get).read();
  }
}
