package io.videoml.cli.options;

import io.videoml.pipeline.SerializableSupplier;
import io.videoml.sampling.FrameSampler;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which frames are looked at. */
public final class SamplerOption {
  @Option(
      names = "--sampler",
      paramLabel = "SPEC",
      converter = SamplerSpec.class,
      description = {
        "Which frames are kept; joined with +, all must keep. Default: all.",
        "all          every frame",
        "every:N      the first and every N-th after it",
        "keyframes    key frames; others are not even decoded",
        "rate:HZ      at most HZ frames a second of media time"
      })
  private @Nullable SerializableSupplier<FrameSampler> sampler;

  public SerializableSupplier<FrameSampler> sampler() {
    return given().orElse(FrameSampler::all);
  }

  /** Returns what was asked for; empty where nothing was. */
  public Optional<SerializableSupplier<FrameSampler>> given() {
    return Optional.ofNullable(sampler);
  }

  /** Returns what a value of the option stands for. */
  public static SerializableSupplier<FrameSampler> parse(String spec) {
    return new SamplerSpec().convert(spec);
  }
}
