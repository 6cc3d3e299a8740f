package io.videoml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.videoml.testkit.FakeFrameSource;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.TestClips;
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

  private static Cli.Result bench(String... options) {
    String[] arguments = new String[options.length + 7];
    String[] start = {"bench", "--source", "x", "--model", "dir/m.onnx", "--threads", "3"};
    System.arraycopy(start, 0, arguments, 0, start.length);
    System.arraycopy(options, 0, arguments, start.length, options.length);
    return Cli.run(FakeParts.reading(FakeFrameSource.of(CLIP)), arguments);
  }
}
