package io.videoml.benchmarks.cameras;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videoml.testkit.rtsp.FaultyRtspServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A minute of the soak, which must be met, and the other measurements in short, so that none rots
 * unseen: a machine that does much else may miss their limits.
 */
@Timeout(240)
class CameraSoakTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeAll
  static void needsCameras() {
    assumeTrue(
        Boolean.parseBoolean(System.getProperty("videoml.benchmarks.smoke", "true")),
        "switched off by -Dvideoml.benchmarks.smoke=false");
    assumeTrue(
        FaultyRtspServer.whyUnavailable().isEmpty(),
        () -> FaultyRtspServer.whyUnavailable().orElse(""));
  }

  @Test
  void soak_aMinuteOfRandomFaults_isMet() throws InterruptedException {
    boolean met = run("soak", "60");

    assertThat(met).as(output()).isTrue();
    assertThat(output().lines()).endsWith("result: met");
  }

  @Test
  void latency_fiveSeconds_printsALinePerBackendAndFigure() throws InterruptedException {
    run("latency", "5");

    assertThat(output().lines())
        .hasSize(4)
        .allSatisfy(
            line ->
                assertThat(line)
                    .matches(
                        "(FFMPEG|GSTREAMER) +(capture|arrival) to listener, p9[59] +\\d.+ms.+"));
  }

  @Test
  void reconnects_forty_printsWhatTheyLeaveBehind() throws InterruptedException {
    run("reconnects", "40");

    assertThat(output().lines())
        .filteredOn(line -> line.contains("limit"))
        .hasSize(4)
        .allSatisfy(
            line ->
                assertThat(line)
                    .containsPattern("^(ffmpeg|gstreamer), (opened and closed|lost and regained): ")
                    .containsPattern("after 40 times .+; grown by -?\\d+\\.\\d MB"));
  }

  private boolean run(String... arguments) throws InterruptedException {
    return Cameras.run(List.of(arguments), new PrintStream(printed, true, UTF_8));
  }

  private String output() {
    return printed.toString(UTF_8);
  }
}
