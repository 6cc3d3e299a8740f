package io.videoml.cli;

import io.videoml.pipeline.PipelineBuilder;
import io.videoml.pipeline.SerializableSupplier;
import io.videoml.sampling.FrameSampler;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long each stage takes. */
@Command(
    name = "bench",
    description = "Measures how long each stage takes for a frame, in milliseconds.")
final class BenchCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private final SourceOptions source = new SourceOptions();
  @Mixin private final ModelOptions model = new ModelOptions();
  @Mixin private final LogOptions log = new LogOptions();

  @Option(
      names = "--sampler",
      paramLabel = "SPEC",
      converter = SamplerSpec.class,
      description = "Which frames are kept: " + SamplerSpec.AVAILABLE + ". Default: all.")
  private SerializableSupplier<FrameSampler> sampler = FrameSampler::all;

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

  BenchCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    BenchMeter meter = new BenchMeter(warmUp, frames);
    BenchSubject subject = new BenchSubject(meter);
    PipelineBuilder pipeline =
        source
            .pipeline(context.parts())
            .sample(sampler)
            .metrics(() -> meter)
            .stopAfter(0L + warmUp + frames);
    pipeline.sink(() -> subject);
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
      output.write(json ? JsonLines.bench(subject, meter) : text(subject, meter));
      return exitCode;
    }
  }

  private byte[] text(BenchSubject subject, BenchMeter meter) {
    String warm = ", after " + warmUp + " frames of warm-up";
    return BenchReport.text(subject, meter, warm).getBytes(StandardCharsets.UTF_8);
  }
}
