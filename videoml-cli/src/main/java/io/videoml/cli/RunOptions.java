package io.videoml.cli;

import io.videoml.pipeline.PipelineBuilder;
import io.videoml.pipeline.SerializableSupplier;
import io.videoml.sampling.FrameSampler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which frames are looked at, and where results go. */
final class RunOptions {
  @Option(
      names = "--sampler",
      paramLabel = "SPEC",
      converter = SamplerSpec.class,
      description = {
        "Which frames are kept; joined with +, all must keep. Default: all.",
        "all          every frame",
        "every:N      the first and every N-th after it",
        "keyframes    key frames; others are not even decoded",
        "rate:HZ      at most HZ a second of media time (also atmost:HZ)"
      })
  private SerializableSupplier<FrameSampler> sampler = FrameSampler::all;

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

  void applyTo(PipelineBuilder pipeline) {
    pipeline.sample(sampler);
    if (maxFrames != null) {
      pipeline.stopAfter(maxFrames);
    }
    if (duration != null) {
      pipeline.stopAfter(duration);
    }
  }

  String out() {
    return out;
  }

  Optional<Path> annotate() {
    return Optional.ofNullable(annotate);
  }
}
