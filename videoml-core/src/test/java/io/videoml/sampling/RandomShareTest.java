package io.videoml.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RandomShareTest {
  private static final int MANY = 100_000;

  @Test
  void randomShare_manyFrames_keepsAboutThatShare() {
    // Five times the standard deviation of so many throws.
    assertThat(kept(FrameSampler.randomShare(0.1))).hasSizeBetween(9_525, 10_475);
    assertThat(kept(FrameSampler.randomShare(0.5))).hasSizeBetween(49_209, 50_791);
  }

  @Test
  void randomShare_noneOrAll_keepsThat() {
    assertThat(kept(FrameSampler.randomShare(0))).isEmpty();
    assertThat(kept(FrameSampler.randomShare(1))).hasSize(MANY);
  }

  @Test
  void randomShare_sameSeed_keepsTheSameInAnyOrder() {
    List<Long> kept = kept(FrameSampler.randomShare(0.2, 42));
    FrameSampler backwards = FrameSampler.randomShare(0.2, 42);

    LongStream fromTheEnd = LongStream.range(0, MANY).map(i -> MANY - 1 - i);
    assertThat(fromTheEnd.filter(i -> keeps(backwards, i)).sorted().boxed()).isEqualTo(kept);
  }

  @Test
  void randomShare_otherSeed_keepsOthersEvenIfSeedsAreNeighbours() {
    FrameSampler one = FrameSampler.randomShare(0.5, 1);
    FrameSampler other = FrameSampler.randomShare(0.5, 2);
    long same = LongStream.range(0, MANY).filter(i -> keeps(one, i) == keeps(other, i)).count();

    assertThat(same).isBetween(49_209L, 50_791L);
  }

  @Test
  void randomShare_neighbouringFrames_areChosenIndependently() {
    FrameSampler half = FrameSampler.randomShare(0.5);
    long same = LongStream.range(0, MANY).filter(i -> keeps(half, i) == keeps(half, i + 1)).count();

    assertThat(same).isBetween(49_209L, 50_791L);
  }

  @Test
  void randomShare_noShare_throwsNamingTheValue() {
    for (double share : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> FrameSampler.randomShare(share))
          .withMessageContaining(String.valueOf(share));
    }
  }

  private static List<Long> kept(FrameSampler sampler) {
    return LongStream.range(0, MANY).filter(i -> keeps(sampler, i)).boxed().toList();
  }

  private static boolean keeps(FrameSampler sampler, long index) {
    return sampler.decide(SampledFrames.at(index, Duration.ofMillis(40 * index))).keep();
  }
}
