package io.videoml.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.testkit.DemoClip;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Runs every comparison once on a little clip, so that none rots unseen. Judges no figure. */
class BenchmarksSmokeTest {

  @Test
  void main_everyComparisonOnce_printsItsRatios() {
    Assumptions.assumeTrue(
        Boolean.parseBoolean(System.getProperty("videoml.benchmarks.smoke", "true")),
        "switched off by -Dvideoml.benchmarks.smoke=false");
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    Compare.run(
        DemoClip.video(),
        List.of("--short"),
        new PrintStream(printed, true, StandardCharsets.UTF_8));

    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .hasSize(26)
        .allSatisfy(line -> assertThat(line).containsPattern("ratio +[0-9]+\\.[0-9]+"));
  }
}
