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
        "rate:HZ      at most HZ frames a second of media time",
        "random:SHARE a share of all frames, from 0 to 1; the same at every run",
        "motion[:threshold=0.02,min-interval=100ms,cooldown=5,sleeping=false]",
        "             frames in which more than this share of the pixels changed; with",
        "             sleeping=true only key frames are decoded while nothing moves",
        "scene[:threshold=6,min-length=500ms]",
        "             the first frame of each scene, after a cut or a fade",
        "adaptive[:base=1,max=10,min=0.1]",
        "             a rate that follows what is found and what changes, in frames a second"
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
