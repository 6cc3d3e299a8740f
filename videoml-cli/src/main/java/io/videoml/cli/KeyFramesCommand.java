package io.videoml.cli;

import io.videoml.cli.options.Count;
import io.videoml.cli.options.LogOptions;
import io.videoml.cli.options.SourceOptions;
import io.videoml.cli.output.JsonLines;
import io.videoml.cli.output.KeyFrameSink;
import io.videoml.cli.output.LineOutput;
import io.videoml.cli.process.CliException;
import io.videoml.cli.process.ExitCode;
import io.videoml.cli.run.CliContext;
import io.videoml.cli.run.StreamJob;
import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.ffmpeg.KeyFrame;
import io.videoml.ffmpeg.KeyFrames;
import io.videoml.pipeline.PipelineBuilder;
import io.videoml.sampling.FrameSampler;
import io.videoml.source.FrameSource;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Key frames as files, or their times. */
@Command(
    name = "keyframes",
    customSynopsis = "videoml keyframes --source FILE (--out DIR [--quality N] | --list)",
    description =
        "Writes the key frames of a file as JPEG files, or lists their times. A line of JSON for each.")
final class KeyFramesCommand implements Callable<Integer> {
  private static final int DEFAULT_QUALITY = 3;

  private final CliContext context;

  @Mixin private final SourceOptions source = new SourceOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the files go; created if missing.")
  private @Nullable Path out;

  @Option(
      names = "--quality",
      paramLabel = "N",
      converter = Count.class,
      description = "1 for the best to 31 for the smallest files. Default: 3.")
  private @Nullable Integer quality;

  @Option(
      names = "--list",
      description = "Only list when they are: reads the file, decodes nothing.")
  private boolean list;

  @Mixin private final LogOptions log = new LogOptions();

  KeyFramesCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (list && (out != null || quality != null)) {
      throw CliException.usage(
          (out != null ? "--out" : "--quality") + " does nothing with --list",
          "leave it out to list times, or leave out --list to write files");
    }
    if (quality != null && quality > 31) {
      throw CliException.usage("--quality must be from 1 to 31, was " + quality, "1 is the best");
    }
    try (LineOutput output = LineOutput.open("-", context.console())) {
      if (list) {
        return list(output);
      }
      if (out == null) {
        throw CliException.usage(
            "--out is missing", "name a directory, or use --list for the times only");
      }
      return extract(output, out, quality == null ? DEFAULT_QUALITY : quality);
    }
  }

  private int list(LineOutput output) {
    FrameSource opened = context.parts().source(source);
    if (!(opened instanceof FfmpegSource file)) {
      throw CliException.usage("--list needs a file", "name one that FFmpeg reads");
    }
    String stream = source.streamName(file);
    for (KeyFrame frame : KeyFrames.list(file)) {
      output.write(JsonLines.keyFrame(stream, frame.index(), frame.time(), ""));
    }
    return context.interruption().exitCode().orElse(ExitCode.DONE);
  }

  private int extract(LineOutput output, Path directory, int quality) {
    StreamJob job = new StreamJob(context, !log.quiet() && !context.console().outIsTerminal());
    PipelineBuilder pipeline =
        context
            .pipeline(source)
            .sample(FrameSampler::keyFrames)
            .sink(() -> job.guard(new KeyFrameSink(directory, quality, output)));
    return job.run(pipeline, summary -> output.write(JsonLines.summary(summary)));
  }
}
