package io.videoml.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.videoml.cli.run.InstalledParts;
import io.videoml.cli.run.Parts;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands on real files, which are too large for the repository. */
class RealFootageTest {
  private static final Parts PARTS = new InstalledParts();

  @Test
  void detect_everyFifthFrameOfVtest_findsPeople() {
    Cli.Result result =
        Cli.run(
            PARTS,
            "detect",
            "--source",
            shared("videos/vtest_480x360.mp4"),
            "--model",
            shared("models/yolox_nano_416.onnx"),
            "--sampler",
            "every:5",
            "--classes",
            "person");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    JsonNode summary = result.summary();
    assertThat(summary.get("read").asInt()).isEqualTo(795);
    assertThat(summary.get("kept").asInt()).isEqualTo(159);
    assertThat(summary.get("failed").asInt()).isZero();
    assertThat(summary.get("dropped").toString()).isEqualTo("{\"sampled_out\":636}");
    assertThat(result.lines("frame"))
        .hasSize(159)
        .allSatisfy(line -> assertThat(line.get("detections")).isNotEmpty());
    assertThat(result.lines("frame"))
        .flatExtracting(line -> line.get("detections").findValuesAsText("label"))
        .containsOnly("person");
  }

  @Test
  void sample_keyFramesOfVtest_areThoseOfTheFile() {
    Cli.Result result =
        Cli.run(
            PARTS,
            "sample",
            "--source",
            shared("videos/vtest_480x360.mp4"),
            "--sampler",
            "keyframes");

    assertThat(result.lines("frame"))
        .extracting(line -> line.get("frame").asInt())
        .containsExactly(0, 80, 160, 240, 320, 400, 480, 560, 640, 720);
    assertThat(result.summary().get("dropped").toString()).isEqualTo("{\"not_demanded\":785}");
  }

  @Test
  void sample_corruptedVideo_failsAfterAllIntactFrames() {
    Cli.Result result = Cli.run(PARTS, "sample", "--source", shared("videos/corrupted.mp4"));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).containsPattern("of 49 frames of .*corrupted.mp4 are damaged");
    assertThat(result.lines("frame")).hasSize(result.summary().get("kept").asInt()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "mnist-8.onnx,no head is known",
    "light_squeezenet.onnx,no head is known",
    "bad_missing_external_data.onnx,the file with its weights is missing"
  })
  void detect_modelThatIsNoDetector_saysWhy(String model, String why) {
    Cli.Result result =
        Cli.run(
            PARTS,
            "detect",
            "--source",
            shared("videos/vtest_480x360.mp4"),
            "--model",
            shared("models/" + model));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).matches("videoml: error: [^\\n]+ \\([^\\n]+\\)\\n").contains(why);
  }

  private static String shared(String name) {
    Path file = Path.of(System.getProperty("videoml.shared", "."), "data", name);
    assumeTrue(
        Files.exists(file), file + " is not here; set videoml.shared to where the shared data are");
    return file.toString();
  }
}
