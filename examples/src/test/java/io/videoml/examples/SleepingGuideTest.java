package io.videoml.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.ffmpeg.SleepSettings;
import io.videoml.motion.MotionRegion;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineSpec;
import io.videoml.pipeline.RunResult;
import io.videoml.sampling.MotionSampler;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.SleepStatus;
import io.videoml.testkit.DemoClip;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The snippets of the guide to sleeping cameras, as they stand there. */
class SleepingGuideTest {
  private static final Path video = DemoClip.video();

  @Test
  void pipeline() {
    FfmpegSource camera = FfmpegSource.of(video);
    PipelineSpec spec =
        Pipeline.named("yard")
            .source(camera)
            .sample(() -> MotionSampler.builder().sleeping().build())
            .build();

    RunResult end = spec.run();
    assertThat(end).isInstanceOf(RunResult.Completed.class);
    assertThat(end.summary().read()).isPositive();
  }

  @Test
  void settings() {
    SleepSettings settings =
        SleepSettings.builder()
            .wakeAbove(0.01) // share of the pixels
            .stayAwake(Duration.ofSeconds(20))
            .lookAt(MotionRegion.whole().without(0, 0, 1, 0, 1, 0.1, 0, 0.1)) // not at the clock
            .maxBytes(8 << 20)
            .build();
    FfmpegSource yard = FfmpegSource.builder(video).sleep(settings).build();

    try (FrameReader reader = yard.open(Optional.empty(), DecodeDemand.MOVING)) {
      assertThat(reader.stream().sleep().state()).isEqualTo(SleepStatus.State.AWAKE);
    }
  }

  @Test
  void status() {
    FfmpegSource camera = FfmpegSource.of(video);

    try (FrameReader reader = camera.open(Optional.empty(), DecodeDemand.MOVING)) {
      reader.tryAdvance(frame -> {});
      SleepStatus status = reader.stream().sleep(); // of a running pipeline: run.stream()
      System.out.println(status.state() + " " + status.reason());

      assertThat(status.state()).isEqualTo(SleepStatus.State.AWAKE);
    }
  }
}
