package io.videoml.cli;

import io.videoml.pipeline.PipelineBuilder;

/** Runs a pipeline whose results, events and summary become lines of JSON. */
final class JsonJob {
  private final CliContext context;
  private final RunOptions options;
  private final LogOptions log;

  JsonJob(CliContext context, RunOptions options, LogOptions log) {
    this.context = context;
    this.options = options;
    this.log = log;
  }

  /**
   * Runs to the end.
   *
   * @param withDetections whether a model is part of the pipeline
   */
  int run(PipelineBuilder pipeline, boolean withDetections) {
    options.applyTo(pipeline);
    boolean onTerminal = options.out().equals("-") && context.console().outIsTerminal();
    StreamJob job =
        new StreamJob(context, !log.quiet() && !onTerminal); // lines that go by are progress enough
    Trouble trouble = job.trouble();
    try (LineOutput output = LineOutput.open(options.out(), context.console())) {
      pipeline.sink(() -> new GuardedSink(new JsonSink(output, withDetections), trouble));
      options
          .annotate()
          .ifPresent(
              target ->
                  pipeline.sink(() -> new GuardedSink(context.parts().annotator(target), trouble)));
      return job.run(pipeline, summary -> output.write(JsonLines.summary(summary)));
    }
  }
}
