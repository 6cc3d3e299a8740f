package io.videoml.cli;

import io.videoml.cli.options.Count;
import io.videoml.cli.options.LogOptions;
import io.videoml.cli.options.ModelOptions;
import io.videoml.cli.options.SamplerOption;
import io.videoml.cli.options.SourceOptions;
import io.videoml.cli.output.JsonLines;
import io.videoml.cli.output.LineOutput;
import io.videoml.cli.output.Measurement;
import io.videoml.cli.process.CliException;
import io.videoml.cli.run.CliContext;
import io.videoml.cli.run.StreamJob;
import io.videoml.pipeline.PipelineBuilder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long each stage takes. */
@Command(
    name = "bench",
    customSynopsis = "videoml bench --source URI [--model FILE] [options]",
    description = "Measures how long each stage takes for a frame, in milliseconds.")
final class BenchCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private final SourceOptions source = new SourceOptions();
  @Mixin private final ModelOptions model = new ModelOptions();
  @Mixin private final SamplerOption sampler = new SamplerOption();

  @Option(
      names = "--frames",
      paramLabel = "N",
      converter = Count.class,
      description = "Frames to measure. Default: 300, or as many as there are.")
  private int frames = 300;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      converter = Count.class,
      description = "Frames read before, which do not count. Default: 30.")
  private int warmUp = 30;

  @Option(names = "--json", description = "One line of JSON instead of a table.")
  private boolean json;

  @Mixin private final LogOptions log = new LogOptions();

  BenchCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    model.requireModelIfUsed();
    BenchMeter meter = new BenchMeter(warmUp, frames);
    BenchSubject subject = new BenchSubject(meter);
    PipelineBuilder pipeline =
        context
            .pipeline(source)
            .sample(sampler.sampler())
            .metrics(() -> meter)
            .sink(() -> subject)
            .stopAfter(0L + warmUp + frames);
    if (model.model().isPresent()) {
      pipeline.detect("videoml bench", () -> subject.running(context.parts().load(model), model));
    }
    StreamJob job = new StreamJob(context, !log.quiet());
    try (LineOutput output = LineOutput.open("-", context.console())) {
      int exitCode = job.run(pipeline, summary -> {});
      if (meter.read() == 0) {
        throw CliException.failure(
            "nothing was measured",
            "the stream ended within " + warmUp + " frames of warm-up; lower --warm-up");
      }
      Measurement result = subject.measurement();
      output.write(json ? JsonLines.bench(result) : text(result));
      return exitCode;
    }
  }

  private byte[] text(Measurement result) {
    String warm = ", after " + warmUp + " frames of warm-up";
    return BenchReport.text(result, warm).getBytes(StandardCharsets.UTF_8);
  }
}
