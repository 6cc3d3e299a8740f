package io.videoml.examples;

import io.videoml.cascade.Budget;
import io.videoml.cascade.Match;
import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.onnx.OnnxDetector;
import io.videoml.pipeline.Cascade;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineSpec;
import io.videoml.pipeline.RunSummary;
import io.videoml.pipeline.StageSummary;
import io.videoml.sampling.FrameSampler;
import io.videoml.testkit.DemoClip;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Looks for people with a small model, has a large one look again at few of them, and sends fewer
 * still. Arguments: a video, a small and a large model; without, those of the demo.
 */
public final class EdgeCascade {
  private EdgeCascade() {}

  /** Prints what is sent, and what became of all other frames. */
  public static void main(String[] arguments) {
    boolean own = arguments.length == 3;
    Path video = own ? Path.of(arguments[0]) : DemoClip.video();
    String small = own ? arguments[1] : DemoClip.model().toString();
    String large = own ? arguments[2] : DemoClip.model().toString();

    // tag::pipeline[]
    PipelineSpec edge =
        Pipeline.named("edge")
            .source(FfmpegSource.of(video))
            .sample(() -> FrameSampler.everyNth(3))
            .cascade(
                Cascade.detect("small", () -> OnnxDetector.builder(small).threads(1).build())
                    .when(Match.anyOf("person").above(0.4f))
                    .atMost(0.5) // frames per second of media time
                    .then("large", () -> OnnxDetector.builder(large).build())
                    .when(Match.anyOf("person").above(0.6f))
                    .budget(Budget.bytesPerMinute(2_000_000))
                    .to("cloud", () -> (frame, soFar) -> send(soFar)))
            .build();
    // end::pipeline[]
    print(edge.run().summary());
  }

  /** Stands for a request to a server. */
  private static long send(FrameResult soFar) {
    String message = soFar.frame().time().pts() + " " + soFar.detections().objects();
    System.out.println("to the cloud: " + message);
    return message.getBytes(StandardCharsets.UTF_8).length;
  }

  private static void print(RunSummary summary) {
    for (StageSummary stage : summary.stages()) {
      System.out.printf(
          "%-8s %4d in %4d out %5.1f %% %s%n",
          stage.name(), stage.in(), stage.out(), 100 * stage.ratio(), stage.stopped());
    }
  }
}
