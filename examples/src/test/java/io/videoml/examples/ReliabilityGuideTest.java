package io.videoml.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineEvent;
import io.videoml.pipeline.PipelineRun;
import io.videoml.pipeline.PipelineSpec;
import io.videoml.pipeline.RunResult;
import io.videoml.resilience.ConnectLimits;
import io.videoml.resilience.Liveness;
import io.videoml.resilience.ReconnectPolicy;
import io.videoml.resilience.ReconnectPolicy.Refused;
import io.videoml.resilience.Resilience;
import io.videoml.resilience.ResilientReader;
import io.videoml.resilience.StreamStatus;
import io.videoml.sampling.FrameSampler;
import io.videoml.source.FrameSource;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.RecordingSink;
import io.videoml.testkit.TestClips;
import io.videoml.testkit.faults.Behaviour;
import io.videoml.testkit.faults.FaultyFrameSource;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The snippets of the guide to reliability. */
@Timeout(60)
class ReliabilityGuideTest {

  @Test
  void reliability_policies() {
    Resilience survival =
        Resilience.defaults()
            .with(
                ReconnectPolicy.defaults()
                    .backoff(Duration.ofMillis(200), 2, Duration.ofSeconds(10))
                    .whenRefused(Refused.STOP) // a wrong password ends the run
                    .failingAtFirst()) // and so does a camera that is not there at the start
            .with(
                Liveness.defaults()
                    .framesWithin(Duration.ofSeconds(3))
                    .changesWithin(Duration.ofSeconds(30))) // a frozen picture is a dead camera
            .with(new ConnectLimits(2, 8));
    PipelineSpec dock =
        Pipeline.named("dock")
            .source(FfmpegSource.of("rtsp://camera.example/stream"))
            .sample(() -> FrameSampler.atMost(5))
            .resilience(survival)
            .build();

    assertThat(dock.source().endless()).isTrue();
  }

  @Test
  void reliability_status() {
    PipelineSpec dock =
        Pipeline.named("dock")
            .source(FaultyFrameSource.of("dock", TestClips.movingSquare()).build())
            .build();

    try (PipelineRun run = dock.start()) {
      StreamStatus status = run.status();
      System.out.println(status.state().code() + " since " + status.since());
      status
          .lastProblem()
          .ifPresent(last -> System.out.println(last.kind() + ": " + last.message()));
      status.lastFrame().ifPresent(at -> System.out.println("last frame at " + at));

      assertThat(status.attempts()).isZero();
    }
  }

  @Test
  void reliability_readerAlone() {
    FrameSource camera = FaultyFrameSource.of("dock", TestClips.movingSquare()).build();
    try (ResilientReader reader = Resilience.defaults().reader(camera)) {
      for (int i = 0; i < 10; i++) {
        reader.tryAdvance(frame -> System.out.println(frame.info().time().pts()));
      }

      assertThat(reader.status().connects()).isOne();
    }
  }

  @Test
  void reliability_testing() {
    FaultyFrameSource camera =
        FaultyFrameSource.of("dock", TestClips.movingSquare())
            .connection(
                Behaviour.healthy().failAt(20, Kind.NETWORK)) // the first: lost after 20 frames
            .connection(Behaviour.healthy().refuse(Kind.REFUSED)) // the second: not even opened
            .build(); // from then on, all is well
    RecordingSink results = new RecordingSink();
    RunResult end =
        Pipeline.named("dock").source(camera).sink(() -> results).stopAfter(60).build().run();
    assertThat(end).isInstanceOf(RunResult.Completed.class);
    assertThat(results.events(PipelineEvent.Type.RECONNECTING)).hasSize(2);
    assertThat(camera.counts().opens()).isEqualTo(3);
    assertThat(camera.counts().ledger().open()).isZero(); // every frame was given back
  }
}
