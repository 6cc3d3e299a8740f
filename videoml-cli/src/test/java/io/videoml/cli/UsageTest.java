package io.videoml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.cli.run.Parts;
import io.videoml.testkit.FakeFrameSource;
import io.videoml.testkit.TestClips;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
  private final Parts parts = FakeParts.reading(FakeFrameSource.of(TestClips.movingSquare()));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|no command given",
        "nonsense|unknown argument nonsense",
        "detekt|did you mean detect",
        "kvs|kvs does nothing by itself",
        "kvs put --source a.mp4|--stream is missing",
        "kvs-local|--dir is missing",
        "kvs-local --dir d --port 70000|--port must be from 0 to 65535",
        "fleet|--config is missing",
        "fleet --config nowhere.yaml|the configuration nowhere.yaml cannot be read (there is no such file",
        "doctor --duration 5s|--duration does nothing without --source",
        "doctor --backend ffmpeg|--backend does nothing without --source",
        "detect|--source is missing",
        "detect --source|--source",
        "detect --source a.mp4|--model is missing",
        "detect --source a.mp4 --model m.onnx --track|--track is not in this version",
        "sample --source a.mp4 --metrics-host 0.0.0.0|--metrics-host does nothing without --metrics-port",
        "sample --source a.mp4 --metrics-port 65536|--metrics-port must be from 0 to 65535",
        "sample --source a.mp4 --metrics-port 0 --metrics-host no.such.invalid|--metrics-host no.such.invalid is unknown",
        "detect --source a.mp4 --model m.onnx --confidence 1.5|'1.5' is not a number from 0 to 1",
        "detect --source a.mp4 --model m.onnx --iou x|'x' is not a number from 0 to 1",
        "detect --source a.mp4 --model m.onnx --threads 0|'0' is not a whole number from 1 on",
        "sample --source a.mp4 --model m.onnx|unknown argument --model",
        "sample --source a.mp4 --max-frames 0|'0' is not a whole number from 1 on",
        "sample --source a.mp4 --duration 3|'3' is not a duration",
        "sample --source a.mp4 --sampler motion:treshold=1|sampler 'motion:treshold=1' has no option 'treshold'; there are threshold,",
        "sample --source a.mp4 --backend vlc|--backend",
        "sample --source a.mp4 --sourc b|unknown argument --sourc (did you mean --source?",
        "sample --source a.mp4 extra|unknown argument extra",
        "sample --source a.mp4 --sampler adaptive:fast=1|sampler 'adaptive:fast=1' has no option 'fast'; there are base, max, min",
        "bench --source a.mp4 --frames 0|'0' is not a whole number from 1 on",
        "bench --source a.mp4 --confidence 0.4|--confidence does nothing without --model",
        "bench --source a.mp4 --json --classes person|--classes does nothing without --model",
        "keyframes --source a.mp4 --list --out keys|--out does nothing with --list",
        "keyframes --source a.mp4 --list --quality 3|--quality does nothing with --list"
      })
  void run_wrongArguments_saysSoInOneLineAndExitsWith2(String arguments, String message) {
    Cli.Result result = Cli.run(parts, arguments.isEmpty() ? new String[0] : arguments.split(" "));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).matches("videoml: error: [^\\n]+ \\([^\\n]+\\)\\n").contains(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "detect --help",
        "sample --help",
        "bench --help",
        "fleet --help",
        "doctor --help",
        "--version"
      })
  void run_help_goesToStandardOutput(String arguments) {
    Cli.Result result = Cli.run(parts, arguments.split(" "));

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isNotEmpty();
    assertThat(result.err()).isEmpty();
  }

  @Test
  void run_help_namesEveryCommand() {
    assertThat(Cli.run(parts, "--help").out())
        .contains("demo", "detect", "sample", "keyframes", "bench", "doctor");
  }
}
