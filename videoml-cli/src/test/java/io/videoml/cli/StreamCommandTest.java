package io.videoml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.videoml.cli.process.Interruption;
import io.videoml.cli.run.Parts;
import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.frame.Frame;
import io.videoml.inference.InferenceException;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.ResultSink;
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
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code detect} and {@code sample} do around a pipeline; its parts are fakes. */
class StreamCommandTest {
  private static final TestClip CLIP =
      TestClips.movingSquare().withFrames(30).withRate(10).withGop(10);
  private static final String[] SAMPLE = {
    "sample", "--source", "dir/clip.mp4", "--sampler", "every:5"
  };
  private static final String[] DETECT = {
    "detect", "--source", "dir/clip.mp4", "--model", "m.onnx", "--sampler", "every:5"
  };

  @TempDir private Path directory;

  @Test
  void sample_wholeClip_writesKeptFramesEventsAndSummary() {
    Cli.Result result = Cli.run(FakeParts.reading(source()), SAMPLE);

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.lines("frame"))
        .extracting(line -> line.get("frame").asInt())
        .containsExactly(0, 5, 10, 15, 20, 25);
    assertThat(result.lines("frame")).allMatch(line -> line.get("stream").asText().equals("clip"));
    assertThat(result.lines("frame")).noneMatch(line -> line.has("detections"));
    assertThat(result.lines("event"))
        .extracting(line -> line.get("event").asText())
        .containsExactly("connected", "ended");
    assertThat(result.summary().get("dropped").get("sampled_out").asInt()).isEqualTo(24);
    assertBalanced(result.summary());
  }

  @Test
  void detect_wholeClip_writesDetections() {
    Detection car = new Detection(2, "car", 0.5f, new Box(1, 2, 3, 4));

    Cli.Result result =
        Cli.run(FakeParts.reading(source()).detecting(() -> ScriptedDetector.finding(car)), DETECT);

    assertThat(result.exitCode()).isZero();
    assertThat(result.lines("frame"))
        .hasSize(6)
        .allSatisfy(
            line ->
                assertThat(line.get("detections").toString())
                    .isEqualTo(
                        "[{\"classId\":2,\"label\":\"car\",\"confidence\":0.5,\"box\":[1,2,3,4]}]"));
  }

  @ParameterizedTest
  @CsvSource({"--max-frames,7,7", "--duration,1s,10", "--duration,PT0.5S,5"})
  void sample_limited_readsNoMore(String option, String value, int read) {
    Cli.Result result =
        Cli.run(FakeParts.reading(source()), "sample", "--source", "x", option, value);

    assertThat(result.exitCode()).isZero();
    assertThat(result.summary().get("read").asInt()).isEqualTo(read);
  }

  @Test
  void sample_keyFrames_countsWhatWasNotDecoded() {
    Cli.Result result =
        Cli.run(FakeParts.reading(source()), "sample", "--source", "x", "--sampler", "keyframes");

    assertThat(result.summary().get("kept").asInt()).isEqualTo(3);
    assertThat(result.summary().get("dropped").get("not_demanded").asInt()).isEqualTo(27);
    assertBalanced(result.summary());
  }

  @Test
  void sample_outFile_leavesStandardOutputEmpty() throws IOException {
    Path file = directory.resolve("results.jsonl");
    Files.writeString(file, "old");

    Cli.Result result =
        Cli.run(FakeParts.reading(source()), "sample", "--source", "x", "--out", file.toString());

    assertThat(result.out()).isEmpty();
    assertThat(Files.readAllLines(file))
        .hasSize(33)
        .first()
        .asString()
        .startsWith("{\"type\":\"event\"");
  }

  @Test
  void sample_outInMissingDirectory_fails() {
    Cli.Result result =
        Cli.run(
            FakeParts.reading(source()),
            "sample",
            "--source",
            "x",
            "--out",
            directory + "/none/results.jsonl");

    assertFailure(result, "cannot write", "its directory does not exist");
  }

  @Test
  void sample_sourceFailsInTheMiddle_keepsWhatCameBeforeAndSummary() {
    Cli.Result result =
        Cli.run(
            FakeParts.reading(
                FakeFrameSource.of("clip.mp4", CLIP).failAt(12, SourceException.Kind.NETWORK)),
            SAMPLE);

    assertFailure(result, "cannot read clip.mp4", "failed at frame 12");
    assertThat(result.lines("frame")).hasSize(3);
    assertThat(result.summary().get("read").asInt()).isEqualTo(12);
    assertBalanced(result.summary());
  }

  @Test
  void sample_sourceCannotBeOpened_stillWritesSummary() {
    FakeFrameSource.Builder source =
        FakeFrameSource.of("clip.mp4", CLIP)
            .onOpen(
                () -> {
                  throw new SourceException(
                      SourceException.Kind.NOT_FOUND, "clip.mp4", "there is no such file");
                });

    Cli.Result result = Cli.run(FakeParts.reading(source), SAMPLE);

    assertFailure(result, "cannot read clip.mp4 (there is no such file; check the spelling)", "");
    assertThat(result.summary().get("read").asInt()).isZero();
  }

  @Test
  void detect_modelCannotBeLoaded_failsWithSummary() {
    Parts parts =
        FakeParts.reading(source())
            .detecting(
                () -> {
                  throw new InferenceException("m.onnx", "is not an ONNX model");
                });

    Cli.Result result = Cli.run(parts, DETECT);

    assertFailure(result, "cannot use the model m.onnx (is not an ONNX model", "");
    assertThat(result.summary().get("read").asInt()).isZero();
  }

  @Test
  void detect_someFramesFail_goesOn() {
    Parts parts =
        FakeParts.reading(source())
            .detecting(
                () ->
                    ScriptedDetector.scripted(
                        frame -> {
                          if (frame.index() == 10) {
                            throw new IllegalStateException("as told");
                          }
                          return List.of();
                        }));

    Cli.Result result = Cli.run(parts, DETECT);

    assertThat(result.exitCode()).isZero();
    assertThat(result.lines("event"))
        .anyMatch(line -> line.get("event").asText().equals("frame_failed"));
    assertThat(result.summary().get("failed").asInt()).isEqualTo(1);
    assertBalanced(result.summary());
  }

  @Test
  void detect_allFramesFail_isAFailure() {
    Parts parts =
        FakeParts.reading(source())
            .detecting(
                () ->
                    ScriptedDetector.scripted(
                        frame -> {
                          throw new IllegalStateException("as told");
                        }));

    assertFailure(Cli.run(parts, DETECT), "all 6 frames failed", "");
  }

  @Test
  void sample_damagedFile_isAFailureAfterAllElse() {
    Cli.Result result =
        Cli.run(FakeParts.reading(FakeFrameSource.of("clip.mp4", CLIP).corrupt(12)), SAMPLE);

    assertFailure(result, "8 of 30 frames of clip.mp4 are damaged", "");
    assertThat(result.lines("frame"))
        .extracting(line -> line.get("frame").asInt())
        .containsExactly(0, 5, 10, 20, 25);
    assertBalanced(result.summary());
  }

  @Test
  void sample_damagedLiveStream_isNoFailure() {
    Cli.Result result =
        Cli.run(FakeParts.reading(FakeFrameSource.of("cam", CLIP).live().corrupt(12)), SAMPLE);

    assertThat(result.exitCode()).isZero();
  }

  @Test
  void sample_diskFull_stopsWithOneLine() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    int exitCode =
        Cli.run(
            FakeParts.reading(source()),
            new Interruption(code -> {}),
            new FailingStream(3, "No space left on device"),
            err,
            SAMPLE);

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .matches(
            "videoml: error: cannot write standard output \\(no space left on device[^\\n]*\\)\\n");
  }

  @Test
  void sample_brokenPipe_endsQuietlyAndEarly() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    FakeFrameSource endless = FakeFrameSource.of(CLIP.withFrames(1_000_000));

    int exitCode =
        Cli.run(
            FakeParts.reading(endless),
            new Interruption(code -> {}),
            new FailingStream(2, "Broken pipe"),
            err,
            "sample",
            "--source",
            "x");

    assertThat(exitCode).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(endless.ledger().handles()).isLessThan(1_000_000);
  }

  @Test
  void sample_annotatorFails_isAFailureWithSummary() {
    Parts parts =
        FakeParts.reading(source())
            .annotating(
                (frame, result) -> {
                  throw new UncheckedIOException(new IOException("No space left on device"));
                });

    Cli.Result result =
        Cli.run(
            parts, "sample", "--source", "x", "--annotate", directory.resolve("a.mp4").toString());

    assertFailure(result, "No space left on device", "");
    assertThat(result.lines())
        .noneMatch(line -> line.path("event").asText().equals("listener_failed"));
    assertBalanced(result.summary());
  }

  @Test
  void sample_signal_endsWithSummaryAndItsExitCode() {
    Interruption interruption = new Interruption(code -> {});
    ResultSink signalling =
        new ResultSink() {
          @Override
          public void accept(Frame frame, FrameResult result) {
            if (result.frame().index() == 4) {
              interruption.signal(15);
            }
          }
        };
    Parts parts =
        FakeParts.reading(FakeFrameSource.of("cam", CLIP).hangAt(7)).annotating(signalling);

    Cli.Result result =
        Cli.run(
            parts,
            interruption,
            "sample",
            "--source",
            "x",
            "--annotate",
            directory.resolve("a.mp4").toString());

    assertThat(result.exitCode()).isEqualTo(143);
    assertThat(result.err()).isEmpty();
    assertThat(result.lines("frame")).hasSizeGreaterThanOrEqualTo(5);
    assertBalanced(result.summary());
  }

  private static FakeFrameSource source() {
    return FakeFrameSource.of(CLIP);
  }

  private static void assertFailure(Cli.Result result, String what, String why) {
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .matches("videoml: error: [^\\n]+ \\([^\\n]+\\)\\n")
        .contains(what, why);
  }

  private static void assertBalanced(JsonNode summary) {
    long dropped =
        StreamSupport.stream(summary.get("dropped").spliterator(), false)
            .mapToLong(JsonNode::asLong)
            .sum();
    assertThat(summary.get("read").asLong())
        .isEqualTo(summary.get("kept").asLong() + summary.get("failed").asLong() + dropped);
  }

  /** Takes some lines, then fails. */
  private static final class FailingStream extends OutputStream {
    private final String reason;
    private int left;

    FailingStream(int lines, String reason) {
      this.left = lines;
      this.reason = reason;
    }

    @Override
    public void write(int value) {
      throw new AssertionError("lines are written whole");
    }

    @Override
    public void write(byte[] line) throws IOException {
      if (left == 0) {
        throw new IOException(reason);
      }
      left--;
    }
  }
}
