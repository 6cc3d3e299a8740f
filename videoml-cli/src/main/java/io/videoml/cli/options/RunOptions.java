package io.videoml.cli.options;

import io.videoml.pipeline.PipelineBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which frames are looked at, how many, and where results go. */
public final class RunOptions {
  @Mixin private final SamplerOption sampler = new SamplerOption();

  @Mixin private final MetricsOptions metrics = new MetricsOptions();

  @Option(
      names = "--max-frames",
      paramLabel = "N",
      converter = Count.class,
      description = "Stop after N frames read. Default: no limit.")
  private @Nullable Integer maxFrames;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "Stop after so much media time: 10s, 500ms, 2m, PT10S. Default: no limit.")
  private @Nullable Duration duration;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "JSON Lines file, - for standard output. Default: -.")
  private String out = "-";

  @Option(
      names = "--annotate",
      paramLabel = "FILE.mp4|DIR",
      description = "Writes kept frames with their boxes: an MP4, or JPEG files into a directory.")
  private @Nullable Path annotate;

  public void applyTo(PipelineBuilder pipeline) {
    pipeline.sample(sampler.sampler());
    if (maxFrames != null) {
      pipeline.stopAfter(maxFrames);
    }
    if (duration != null) {
      pipeline.stopAfter(duration);
    }
  }

  public MetricsOptions metrics() {
    return metrics;
  }

  public String out() {
    return out;
  }

  public Optional<Path> annotate() {
    return Optional.ofNullable(annotate);
  }
}
