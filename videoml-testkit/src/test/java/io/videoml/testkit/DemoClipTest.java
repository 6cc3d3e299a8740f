package io.videoml.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videoml.testkit.DetectionScore.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoClipTest {
  @Test
  void truth_ofTheClip_hasBoxesInsideThePictureInItsOrder() {
    List<List<Truth>> frames = DemoClip.truth();

    assertThat(frames).hasSizeGreaterThan(100);
    assertThat(frames).anyMatch(List::isEmpty).anyMatch(frame -> frame.size() > 3);
    assertThat(frames.stream().flatMap(List::stream))
        .allMatch(object -> object.box().x1() >= 0 && object.box().x2() <= 640)
        .allMatch(object -> object.box().y1() >= 0 && object.box().y2() <= 360)
        .anyMatch(Truth::ignore)
        .anyMatch(object -> object.classId() == 1);
  }

  @Test
  void video_unpacked_isAnMp4FileOncePerProcess() throws IOException {
    Path video = DemoClip.video();

    assertThat(video).hasExtension("mp4").isSameAs(DemoClip.video());
    assertThat(new String(Files.readAllBytes(video), 4, 4, US_ASCII)).isEqualTo("ftyp");
    assertThat(Files.size(video)).isBetween(100_000L, 2_000_000L);
  }

  @Test
  void model_unpacked_isSmall() throws IOException {
    assumeTrue(
        DemoClip.class.getResource("demo/demo.onnx") != null,
        "the demo model is not in this build");

    assertThat(Files.size(DemoClip.model())).isBetween(10_000L, 1_500_000L);
  }
}
