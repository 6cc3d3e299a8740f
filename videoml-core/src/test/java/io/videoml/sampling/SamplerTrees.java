package io.videoml.sampling;

import io.videoml.pipeline.SerializableSupplier;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Samplers of any kind, combined in any way. */
final class SamplerTrees {
  private static final WeekSchedule NIGHTS =
      WeekSchedule.in(ZoneId.of("Europe/Berlin")).daily(LocalTime.of(22, 0), LocalTime.of(6, 0));

  private SamplerTrees() {}

  /**
   * A combination of samplers.
   *
   * @param text how it would be written
   * @param factory makes a new one
   */
  record Tree(String text, SerializableSupplier<FrameSampler> factory) {
    FrameSampler make() {
      return factory.get();
    }

    @Override
    public String toString() {
      return text;
    }
  }

  static Arbitrary<Tree> any() {
    return Arbitraries.lazyOf(
        SamplerTrees::leaf, SamplerTrees::leaf, SamplerTrees::pair, SamplerTrees::wrapped);
  }

  private static Arbitrary<Tree> leaf() {
    return Arbitraries.of(
        List.of(
            new Tree("all()", FrameSampler::all),
            new Tree("everyNth(3)", () -> FrameSampler.everyNth(3)),
            new Tree("keyFrames()", FrameSampler::keyFrames),
            new Tree("atMost(5)", () -> FrameSampler.atMost(5)),
            new Tree("atMost(0.1)", () -> FrameSampler.atMost(0.1)),
            new Tree("adaptive()", FrameSampler::adaptive),
            new Tree("motion()", FrameSampler::motion),
            new Tree("sceneChange()", FrameSampler::sceneChange),
            new Tree("randomShare(0.3)", () -> FrameSampler.randomShare(0.3)),
            new Tree("schedule(nights)", () -> FrameSampler.schedule(NIGHTS)),
            new Tree("bright", SamplerTrees::bright)));
  }

  /** Reads pixels, in place. */
  private static FrameSampler bright() {
    return frame ->
        (frame.plane(0).data().get(5 * frame.plane(0).rowStride() + 9) & 0xff) > 100
            ? SamplingDecision.keep("bright")
            : SamplingDecision.drop("dark");
  }

  private static Arbitrary<Tree> pair() {
    return Combinators.combine(any(), any(), Arbitraries.of(true, false))
        .as(
            (first, second, and) ->
                and
                    ? new Tree(
                        first + ".and(" + second + ")", () -> first.make().and(second.make()))
                    : new Tree(
                        first + ".or(" + second + ")", () -> first.make().or(second.make())));
  }

  private static Arbitrary<Tree> wrapped() {
    return Combinators.combine(any(), Arbitraries.integers().between(0, 3), durations())
        .as(
            (inner, kind, time) ->
                switch (kind) {
                  case 0 -> new Tree(inner + ".not()", () -> inner.make().not());
                  case 1 ->
                      new Tree(
                          inner + ".orAtLeastEvery(" + time + ")",
                          () -> inner.make().orAtLeastEvery(time));
                  case 2 -> new Tree(inner + ".withWarmUp(4)", () -> inner.make().withWarmUp(4));
                  default ->
                      new Tree(
                          inner + ".withWarmUp(" + time + ")", () -> inner.make().withWarmUp(time));
                });
  }

  static Arbitrary<Duration> durations() {
    return Arbitraries.of(1L, 30L, 100L, 500L, 2_000L, 30_000L).map(Duration::ofMillis);
  }
}
