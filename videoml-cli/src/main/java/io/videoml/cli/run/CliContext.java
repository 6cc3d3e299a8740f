package io.videoml.cli.run;

import io.videoml.cli.options.SourceOptions;
import io.videoml.cli.process.Console;
import io.videoml.cli.process.Interruption;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineBuilder;
import io.videoml.source.FrameSource;

/**
 * What every command needs of its surroundings.
 *
 * @param console where it writes
 * @param interruption how it is told to end
 * @param parts where sources and detectors come from
 */
public record CliContext(Console console, Interruption interruption, Parts parts) {

  /** Returns the start of a pipeline that is named after the source and reads from it. */
  public PipelineBuilder pipeline(SourceOptions options) {
    FrameSource source = parts.source(options);
    return Pipeline.named(options.streamName(source))
        .source(source)
        .resilience(options.resilience(source));
  }
}
