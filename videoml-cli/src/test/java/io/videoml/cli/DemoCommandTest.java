package io.videoml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.cli.run.InstalledParts;
import io.videoml.cli.run.Parts;
import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.testkit.DemoClip;
import io.videoml.testkit.ScriptedDetector;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
  private static final Pattern SCORE =
      Pattern.compile("precision (\\d\\.\\d{3}) .* recall (\\d\\.\\d{3}) ");

  @TempDir private Path directory;

  @Test
  void demo_findsMostOfWhatIsThereAndWritesAVideo() {
    Path video = directory.resolve("demo.mp4");

    Cli.Result result = Cli.run(new InstalledParts(), "demo", "--out", video.toString());

    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("person", "vehicle", video.toString());
    Matcher score = SCORE.matcher(result.out());
    assertThat(score.find()).isTrue();
    assertThat(Double.parseDouble(score.group(1))).isGreaterThanOrEqualTo(0.9);
    assertThat(Double.parseDouble(score.group(2))).isGreaterThanOrEqualTo(0.9);
    Cli.Result again = Cli.run(new InstalledParts(), "sample", "--source", video.toString());
    assertThat(again.summary().get("kept").asInt()).isEqualTo(DemoClip.truth().size());
  }

  @Test
  void demo_detectorFindsNothing_fails() {
    Parts parts =
        FakeParts.reading(FfmpegSource.of(DemoClip.video())).detecting(ScriptedDetector::finding);

    Cli.Result result = Cli.run(parts, "demo");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).contains("recall 0.000");
    assertThat(result.err()).contains("found too little or too much");
  }
}
