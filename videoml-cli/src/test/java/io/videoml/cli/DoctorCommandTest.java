package io.videoml.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.videoml.cli.process.Interruption;
import io.videoml.cli.run.InstalledParts;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.DemoClip;
import io.videoml.testkit.FakeFrameSource;
import io.videoml.testkit.TestClips;
import io.videoml.testkit.rtsp.FaultyRtspServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The command around the diagnosis, on the machine it runs on. */
@Timeout(60)
class DoctorCommandTest {
  @Test
  void doctor_here_isHealthyAndTellsTheParts() {
    Cli.Result result = Cli.run(new InstalledParts(), "doctor");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains("Machine\n", "FFmpeg\n", "GStreamer\n", "ONNX Runtime\n", "Findings\n")
        .contains(System.getProperty("java.version"), "loads the demo model");
    assertThat(result.out().lines()).allMatch(line -> line.length() <= 120);
  }

  @Test
  void doctor_jsonOfDemoClip_isOneObjectWithoutErrors() {
    Cli.Result result =
        Cli.run(new InstalledParts(), "doctor", "--json", "--source", DemoClip.video().toString());

    assertThat(result.exitCode()).isZero();
    JsonNode line = result.lines().get(0);
    assertThat(result.lines()).hasSize(1);
    assertThat(line.get("type").asText()).isEqualTo("doctor");
    assertThat(line.get("healthy").asBoolean()).isTrue();
    assertThat(severities(line)).isSubsetOf("advice");
    JsonNode source = line.get("source");
    assertThat(source.get("backend").asText()).isEqualTo("ffmpeg");
    assertThat(source.get("transport").asText()).isEqualTo("file");
    assertThat(source.get("codec").asText()).isEqualTo("h264");
    assertThat(source.get("read").asInt()).isEqualTo(210);
    assertThat(source.get("corrupt").asInt()).isZero();
    assertThat(source.get("missing").asInt()).isZero();
    assertThat(source.get("measuredFps").asDouble()).isEqualTo(15);
    assertThat(source.get("gop").asInt()).isEqualTo(30);
  }

  @Test
  void doctor_streamIsOfNoUse_exitsWith1AndSaysWhy() {
    FakeFrameSource.Builder source =
        FakeFrameSource.of("cam", TestClips.movingSquare())
            .endless()
            .onOpen(
                () -> {
                  throw new SourceException(Kind.NOT_FOUND, "cam", "no such stream");
                });

    Cli.Result result = Cli.run(FakeParts.reading(source), "doctor", "--source", "cam");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("error", "not found: cam: no such stream", "-> ");
  }

  @Test
  void doctor_signal_endsWithWhatWasMeasured() {
    Interruption interruption = new Interruption(code -> {});
    FakeFrameSource.Builder source =
        FakeFrameSource.of("cam", TestClips.movingSquare())
            .live()
            .before(5, () -> Signal.send(interruption))
            .hangAt(6);

    Cli.Result result =
        Cli.run(
            FakeParts.reading(source),
            interruption,
            "doctor",
            "--json",
            "--source",
            "cam",
            "--duration",
            "5m");

    assertThat(result.exitCode()).isEqualTo(143);
    assertThat(result.lines().get(0).get("source").get("read").asInt()).isBetween(5, 6);
  }

  @Test
  void doctor_cameraWithCredentials_neverShowsThem() {
    assumeTrue(
        FaultyRtspServer.whyUnavailable().isEmpty(),
        () -> FaultyRtspServer.whyUnavailable().orElse(""));
    try (FaultyRtspServer camera =
        FaultyRtspServer.builder().credentials("operator", "s3cr3t-pa55").start()) {
      Cli.Result result =
          Cli.run(
              new InstalledParts(),
              "doctor",
              "--source",
              camera.uriWithCredentials().toString(),
              "--duration",
              "2s");

      assertThat(result.exitCode()).as(result.out()).isZero();
      assertThat(result.out())
          .contains(
              "rtsp over tcp", "h264 640x360", "every 25 frames", "kbit/s", "arrival to reader");
      assertThat(result.out() + result.err()).doesNotContain("s3cr3t-pa55", "operator");
    }
  }

  private static List<String> severities(JsonNode line) {
    return line.get("findings").findValuesAsText("severity");
  }

  /** Sends from another thread, as the system does. */
  private static final class Signal {
    private Signal() {}

    static void send(Interruption interruption) {
      new Thread(() -> interruption.signal(15), "test-signal").start();
    }
  }
}
