package io.videoml.cli.run;

import io.videoml.cli.options.LogOptions;
import io.videoml.cli.options.RunOptions;
import io.videoml.cli.output.JsonLines;
import io.videoml.cli.output.JsonSink;
import io.videoml.cli.output.LineOutput;
import io.videoml.pipeline.PipelineBuilder;
import java.util.Optional;

/** Runs a pipeline whose results, events and summary become lines of JSON. */
public final class JsonJob {
  private final CliContext context;
  private final RunOptions options;
  private final LogOptions log;

  public JsonJob(CliContext context, RunOptions options, LogOptions log) {
    this.context = context;
    this.options = options;
    this.log = log;
  }

  /**
   * Runs to the end.
   *
   * @param withDetections whether a model is part of the pipeline
   */
  public int run(PipelineBuilder pipeline, boolean withDetections) {
    options.applyTo(pipeline);
    boolean onTerminal = options.out().equals("-") && context.console().outIsTerminal();
    StreamJob job =
        new StreamJob(context, !log.quiet() && !onTerminal); // lines that go by are progress enough
    try (LineOutput output = LineOutput.open(options.out(), context.console())) {
      pipeline.sink(() -> job.guard(new JsonSink(output, withDetections)));
      options
          .annotate()
          .ifPresent(target -> pipeline.sink(() -> job.guard(context.parts().annotator(target))));
      return measured(job, pipeline, withDetections ? "detect" : "sample", output);
    }
  }

  private int measured(StreamJob job, PipelineBuilder pipeline, String name, LineOutput output) {
    Optional<MetricsServer> server =
        MetricsServer.start(options.metrics(), name, job::streams, context.console());
    try {
      server.ifPresent(metrics -> pipeline.metrics(metrics::sink));
      return job.run(pipeline, summary -> output.write(JsonLines.summary(summary)));
    } finally {
      server.ifPresent(MetricsServer::close);
    }
  }
}
