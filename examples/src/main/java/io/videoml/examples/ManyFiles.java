package io.videoml.examples;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.onnx.OnnxDetector;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineRun;
import io.videoml.sampling.FrameSampler;
import io.videoml.testkit.DemoClip;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a pipeline per file at the same time; all share one detector, by its key. Arguments: a model
 * and videos.
 */
public final class ManyFiles {
  private ManyFiles() {}

  /** Prints a summary per file. */
  public static void main(String[] arguments) {
    boolean own = arguments.length > 1;
    String model = own ? arguments[0] : DemoClip.model().toString();
    List<Path> videos =
        own
            ? Arrays.stream(arguments).skip(1).map(Path::of).toList()
            : List.of(DemoClip.video(), DemoClip.video(), DemoClip.video());

    List<PipelineRun> runs = new ArrayList<>();
    for (int i = 0; i < videos.size(); i++) {
      runs.add(
          Pipeline.named("file-" + i)
              .source(FfmpegSource.of(videos.get(i)))
              .sample(() -> FrameSampler.atMost(1))
              .detect("shared", () -> OnnxDetector.builder(model).threads(1).build())
              .build()
              .start());
    }
    for (PipelineRun run : runs) {
      System.out.println(run.await().summary());
    }
  }
}
