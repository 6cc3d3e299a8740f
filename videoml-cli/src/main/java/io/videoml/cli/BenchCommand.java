package io.videoml.cli;

import io.videoml.cli.compare.Comparison;
import io.videoml.cli.compare.ComparisonTable;
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
import io.videoml.cli.run.LoadedModel;
import io.videoml.cli.run.StreamJob;
import io.videoml.detect.Detector;
import io.videoml.pipeline.PipelineBuilder;
import io.videoml.source.FrameSource;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
      description =
          "Frames to measure. Default: 300, or as many as there are; with --compare, the whole video.")
  private @Nullable Integer frames;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      converter = Count.class,
      description = "Frames read before, which do not count. Default: 30.")
  private int warmUp = 30;

  @Option(
      names = "--compare",
      description =
          "A table of the usual samplers, and of --sampler if given: frames decoded and kept, CPU seconds, how many"
              + " times less than looking at every frame, and what share of the objects is still found within a second.")
  private boolean compare;

  @Option(names = "--json", description = "Lines of JSON instead of a table.")
  private boolean json;

  @Mixin private final LogOptions log = new LogOptions();

  BenchCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return compare ? compare() : measure();
  }

  private int measure() {
    int measured = frames == null ? 300 : frames;
    model.requireModelIfUsed();
    BenchMeter meter = new BenchMeter(warmUp, measured);
    BenchSubject subject = new BenchSubject(meter);
    PipelineBuilder pipeline =
        context
            .pipeline(source)
            .sample(sampler.sampler())
            .metrics(() -> meter)
            .sink(() -> subject)
            .stopAfter(0L + warmUp + measured);
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

  private int compare() {
    if (model.model().isEmpty()) {
      throw CliException.usage(
          "--compare needs --model", "what a sampler misses is counted in objects; name a model");
    }
    FrameSource video = context.parts().source(source);
    if (video.live()) {
      throw CliException.usage(
          "--compare needs a video that can be read again and again",
          video.id() + " is live; record some of it and name the file");
    }
    LoadedModel loaded = context.parts().load(model);
    try (Detector detector = loaded.detector();
        LineOutput output = LineOutput.open("-", context.console())) {
      Comparison comparison =
          new Comparison(new StreamJob(context, !log.quiet()), this::start, detector);
      String name = source.streamName(video);
      if (!json) {
        output.write(
            bytes(ComparisonTable.head(name, model.modelName() + " on " + loaded.execution())));
      }
      return comparison.run(
          warmUp,
          sampler.given(),
          row ->
              output.write(
                  json ? JsonLines.comparison(name, row) : bytes(ComparisonTable.row(row))));
    }
  }

  private PipelineBuilder start() {
    PipelineBuilder pipeline = context.pipeline(source);
    return frames == null ? pipeline : pipeline.stopAfter((long) frames);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] text(Measurement result) {
    String warm = ", after " + warmUp + " frames of warm-up";
    return bytes(BenchReport.text(result, warm));
  }
}
