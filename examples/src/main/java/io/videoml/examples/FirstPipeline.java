package io.videoml.examples;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.onnx.OnnxDetector;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineSpec;
import io.videoml.pipeline.RunResult;
import io.videoml.sampling.FrameSampler;
import io.videoml.testkit.DemoClip;
import java.nio.file.Path;

/**
 * Detects in every fifth frame of a file. Arguments: video and model; without, those of the demo.
 */
public final class FirstPipeline {
  private FirstPipeline() {}

  /** Prints what is found. */
  public static void main(String[] arguments) {
    Path video = arguments.length == 2 ? Path.of(arguments[0]) : DemoClip.video();
    String model = arguments.length == 2 ? arguments[1] : DemoClip.model().toString();

    // tag::pipeline[]
    PipelineSpec people =
        Pipeline.named("people")
            .source(FfmpegSource.of(video))
            .sample(() -> FrameSampler.everyNth(5))
            .detect("my-model", () -> OnnxDetector.builder(model).confidence(0.4f).build())
            .onResult(
                result ->
                    System.out.println(result.frame().time().pts() + " " + result.detections()))
            .build();
    RunResult end = people.run();
    // end::pipeline[]

    System.out.println(end.summary().kept() + " of " + end.summary().read() + " frames looked at");
  }
}
