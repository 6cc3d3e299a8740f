package io.videoml.cli.compare;

import io.videoml.cli.options.SamplerOption;
import io.videoml.pipeline.SerializableSupplier;
import io.videoml.sampling.FrameSampler;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A way to choose frames.
 *
 * @param spec what it is called: as {@code --sampler} takes it
 * @param sampler what it stands for
 */
record Strategy(String spec, SerializableSupplier<FrameSampler> sampler) {
  private static final List<String> USUAL =
      List.of(
          "every:5",
          "every:30",
          "rate:1",
          "random:0.1",
          "keyframes",
          "scene",
          "adaptive",
          "motion",
          "motion:sleeping=true",
          "motion+rate:2",
          "motion:threshold=0.005,min-interval=500ms,cooldown=0",
          "keyframes+motion");

  /** What the others are compared with. */
  static Strategy everyFrame() {
    return of("all");
  }

  /**
   * Returns the usual ones, and one more.
   *
   * @param given from the command line
   */
  static List<Strategy> usualAnd(Optional<SerializableSupplier<FrameSampler>> given) {
    Stream<Strategy> more = given.map(sampler -> new Strategy("--sampler", sampler)).stream();
    return Stream.concat(USUAL.stream().map(Strategy::of), more).toList();
  }

  private static Strategy of(String spec) {
    return new Strategy(spec, SamplerOption.parse(spec));
  }
}
