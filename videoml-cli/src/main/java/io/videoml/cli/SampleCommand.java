package io.videoml.cli;

import io.videoml.cli.options.LogOptions;
import io.videoml.cli.options.RunOptions;
import io.videoml.cli.options.SourceOptions;
import io.videoml.cli.run.CliContext;
import io.videoml.cli.run.JsonJob;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Frames, sampler, JSON Lines. */
@Command(
    name = "sample",
    customSynopsis = "videoml sample --source URI [--sampler SPEC] [options]",
    description = "Says which frames a sampler keeps, and why, as JSON Lines. Needs no model.")
final class SampleCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private final SourceOptions source = new SourceOptions();
  @Mixin private final RunOptions options = new RunOptions();
  @Mixin private final LogOptions log = new LogOptions();

  SampleCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return new JsonJob(context, options, log)
        .run(context.pipeline(source), /* withDetections= */ false);
  }
}
