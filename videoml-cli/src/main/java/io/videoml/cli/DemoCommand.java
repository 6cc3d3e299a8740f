package io.videoml.cli;

import io.videoml.cli.options.LogOptions;
import io.videoml.cli.options.ModelOptions;
import io.videoml.cli.options.SourceOptions;
import io.videoml.cli.output.LineOutput;
import io.videoml.cli.process.CliException;
import io.videoml.cli.process.ExitCode;
import io.videoml.cli.run.CliContext;
import io.videoml.cli.run.Parts;
import io.videoml.cli.run.StreamJob;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineBuilder;
import io.videoml.testkit.DemoClip;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main job on a clip and with a model that come along. */
@Command(
    name = "demo",
    customSynopsis = "videoml demo [--out FILE.mp4]",
    description =
        "Detects people and vehicles in a clip that comes along, with a model that comes along, and checks what was"
            + " found against the truth. Needs nothing else.")
final class DemoCommand implements Callable<Integer> {
  private static final double GOOD_ENOUGH = 0.9;

  private final CliContext context;

  @Option(
      names = "--out",
      paramLabel = "FILE.mp4",
      description = "Where the video with boxes goes. Default: videoml-demo.mp4, here.")
  private Path out = Path.of("videoml-demo.mp4");

  @Mixin private final LogOptions log = new LogOptions();

  DemoCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (LineOutput output = LineOutput.open("-", context.console())) {
      StreamJob job = new StreamJob(context, !log.quiet() && !context.console().outIsTerminal());
      DemoReport report =
          new DemoReport(text -> output.write(text.getBytes(StandardCharsets.UTF_8)));
      int exitCode = job.run(pipeline(job, report), report::summary);
      if (exitCode == ExitCode.DONE) {
        report.end(out);
        check(report);
      }
      return exitCode;
    }
  }

  private PipelineBuilder pipeline(StreamJob job, DemoReport report) {
    Parts parts = context.parts();
    SourceOptions clip = SourceOptions.of(DemoClip.video().toString());
    return Pipeline.named("demo")
        .source(parts.source(clip))
        .detect("videoml demo", () -> parts.load(ModelOptions.of(DemoClip.model())).detector())
        .sink(() -> job.guard(report))
        .sink(() -> job.guard(parts.annotator(out)));
  }

  private static void check(DemoReport report) {
    if (report.score().precision() < GOOD_ENOUGH || report.score().recall() < GOOD_ENOUGH) {
      throw CliException.failure(
          "the demo found too little or too much",
          "precision and recall should both be at least "
              + GOOD_ENOUGH
              + "; please report it with your platform");
    }
  }
}
