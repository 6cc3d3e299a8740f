package io.videoml.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs every benchmark once, so that none rots unseen. Measures nothing. */
class BenchmarksSmokeTest {

  @Test
  void run_everyBenchmarkOnce_failsNowhere() throws RunnerException {
    Assumptions.assumeTrue(
        Boolean.parseBoolean(System.getProperty("videoml.benchmarks.smoke", "true")),
        "switched off by -Dvideoml.benchmarks.smoke=false");
    Assumptions.assumeTrue(
        getClass().getResource(BenchmarkList.BENCHMARK_LIST) != null, "no benchmark exists yet");
    var once =
        new OptionsBuilder()
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(1))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    assertThat(new Runner(once).run()).isNotEmpty();
  }
}
