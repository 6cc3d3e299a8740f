package io.videoml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.testkit.FakeFrameSource;
import io.videoml.testkit.ScriptedDetector;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.TestClips;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchCommandTest {
  private static final TestClip CLIP = TestClips.still().withFrames(100);

  @Test
  void bench_json_countsFramesAfterWarmUpOnly() {
    JsonNode line = bench("--frames", "40", "--warm-up", "20", "--json").lines().get(0);

    assertThat(line.get("read").asInt()).isEqualTo(40);
    assertThat(line.get("kept").asInt()).isEqualTo(40);
    assertThat(line.get("model").asText()).isEqualTo("m.onnx on fake with 3 threads");
    for (String stage :
        new String[] {"decode", "sample", "preprocess", "inference", "postprocess", "total"}) {
      assertThat(line.get("latencyMs").get(stage).get("count").asInt()).isEqualTo(40);
      assertThat(line.get("latencyMs").get(stage).fieldNames())
          .toIterable()
          .containsExactly("count", "mean", "std", "min", "p50", "p95", "p99", "max");
    }
  }

  @Test
  void bench_clipEndsSooner_measuresWhatThereIs() {
    assertThat(bench("--json").lines().get(0).get("read").asInt()).isEqualTo(70);
  }

  @Test
  void bench_table_hasARowForEachStageThatRan() {
    Cli.Result result = bench("--sampler", "every:2");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains("70 frames read, 35 kept")
        .containsPattern("ms +count +mean +std +min +p50 +p95 +p99 +max\n")
        .containsPattern("\ndecode +70( +\\d+\\.\\d{3}){7}\n");
  }

  @Test
  void bench_clipShorterThanWarmUp_saysSo() {
    Cli.Result result = bench("--warm-up", "200");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("nothing was measured").contains("lower --warm-up");
  }

  /**
   * A thing that is there from frame 40 to 59, of 30 a second, in a clip with a key frame in 12.
   */
  private static ScriptedDetector passingBy() {
    Detection thing = new Detection(0, "thing", 0.9f, new Box(2, 2, 10, 10));
    return ScriptedDetector.scripted(
        frame -> frame.index() >= 40 && frame.index() < 60 ? List.of(thing) : List.of());
  }

  private static Cli.Result compare(String... options) {
    TestClip clip = TestClips.still().withFrames(100);
    FakeParts parts =
        FakeParts.reading(FakeFrameSource.of(clip)).detecting(BenchCommandTest::passingBy);
    return Cli.run(parts, arguments(options));
  }

  @Test
  void compare_json_countsWhatIsDecodedKeptAndFound() {
    Map<String, JsonNode> rows = new LinkedHashMap<>();
    for (JsonNode line : compare("--compare", "--json", "--sampler", "every:100").lines()) {
      assertThat(line.get("type").asText()).isEqualTo("comparison");
      assertThat(line.get("read").asInt()).isEqualTo(100);
      assertThat(line.get("objects").asInt()).isEqualTo(20);
      assertThat(line.get("cpuSeconds").asDouble()).isNotNegative();
      rows.put(line.get("sampler").asText(), line);
    }

    assertThat(rows).containsKeys("all", "every:5", "keyframes", "motion", "scene", "adaptive");
    assertThat(rows.get("all").get("found").asDouble()).isEqualTo(1);
    assertThat(rows.get("all").get("saving").asDouble()).isEqualTo(1);
    assertThat(rows.get("every:5").get("kept").asInt()).isEqualTo(20);
    assertThat(rows.get("every:5").get("found").asDouble()).isEqualTo(1);
    assertThat(rows.get("keyframes").get("decoded").asInt())
        .isEqualTo(rows.get("keyframes").get("kept").asInt())
        .isLessThan(100);
    assertThat(rows.get("--sampler").get("kept").asInt()).isEqualTo(1);
    assertThat(rows.get("--sampler").get("found").asDouble()).isZero();
  }

  @Test
  void compare_table_isOneInMarkdown() {
    Cli.Result result = compare("--compare", "--frames", "50");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains("m.onnx on fake")
        .containsPattern(
            "\\| `all` +\\| +50 \\| +50 \\| +50 \\| +\\d+\\.\\d\\d \\| +1\\.0 × \\| 100\\.0 % \\|\n");
  }

  @Test
  void compare_liveSource_isRefused() {
    Cli.Result result =
        Cli.run(FakeParts.reading(FakeFrameSource.of("x", CLIP).live()), arguments("--compare"));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("is live").contains("name the file");
  }

  @Test
  void compare_withoutModel_isRefused() {
    Cli.Result result =
        Cli.run(FakeParts.reading(FakeFrameSource.of(CLIP)), "bench", "--source", "x", "--compare");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("--compare needs --model");
  }

  private static Cli.Result bench(String... options) {
    return Cli.run(FakeParts.reading(FakeFrameSource.of(CLIP)), arguments(options));
  }

  private static String[] arguments(String... options) {
    String[] arguments = new String[options.length + 7];
    String[] start = {"bench", "--source", "x", "--model", "dir/m.onnx", "--threads", "3"};
    System.arraycopy(start, 0, arguments, 0, start.length);
    System.arraycopy(options, 0, arguments, start.length, options.length);
    return arguments;
  }
}
