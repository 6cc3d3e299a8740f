package io.videoml.cli;

import io.videoml.cli.options.LogOptions;
import io.videoml.cli.options.ModelOptions;
import io.videoml.cli.options.RunOptions;
import io.videoml.cli.options.SourceOptions;
import io.videoml.cli.process.CliException;
import io.videoml.cli.run.CliContext;
import io.videoml.cli.run.JsonJob;
import io.videoml.pipeline.PipelineBuilder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Frames, sampler, detector, JSON Lines. */
@Command(
    name = "detect",
    customSynopsis = "videoml detect --source URI --model FILE [options]",
    description = "Detects objects in the frames that a sampler keeps, and writes JSON Lines.")
final class DetectCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private final SourceOptions source = new SourceOptions();
  @Mixin private final ModelOptions model = new ModelOptions();
  @Mixin private final RunOptions options = new RunOptions();
  @Mixin private final LogOptions log = new LogOptions();

  DetectCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (model.model().isEmpty()) {
      throw CliException.usage(
          "--model is missing", "name an ONNX file, or use videoml sample, which needs none");
    }
    PipelineBuilder pipeline = context.pipeline(source);
    pipeline.detect("videoml detect", () -> context.parts().load(model).detector());
    return new JsonJob(context, options, log).run(pipeline, /* withDetections= */ true);
  }
}
