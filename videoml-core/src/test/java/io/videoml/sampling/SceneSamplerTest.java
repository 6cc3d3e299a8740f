package io.videoml.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class SceneSamplerTest {
  private static final long STEP = 40_000_000;

  @Test
  void decide_onePictureAndThenAnother_keepsTheFirstOfTheOther() {
    assertThat(kept(FrameSampler.sceneChange(), 40, i -> i < 20 ? 60 : 200))
        .containsExactly("20 cut");
  }

  @Test
  void decide_scenesShorterThanTheLeast_keepsOnlyTheFirstOfThem() {
    FrameSampler half = SceneSampler.builder().minLength(Duration.ofMillis(500)).build();
    FrameSampler none = SceneSampler.builder().minLength(Duration.ZERO).build();
    IntUnaryOperator levels = i -> i < 20 || i > 25 ? 60 : 200;

    assertThat(kept(half, 60, levels)).containsExactly("20 cut");
    assertThat(kept(none, 60, levels)).containsExactly("20 cut", "26 cut");
  }

  @Test
  void decide_fadesOutAndIn_keepsWhereItHasLeftTheBlack() {
    IntUnaryOperator fade = i -> Math.min(200, Math.abs(i - 50) * 4);

    // 32 levels are reached eight frames after black; a cut to black is none.
    assertThat(kept(FrameSampler.sceneChange(), 100, fade)).containsExactly("58 fade");
    assertThat(kept(FrameSampler.sceneChange(), 40, i -> i < 20 ? 200 : 0)).isEmpty();
  }

  @Test
  void decide_cutFromBlack_isACut() {
    assertThat(kept(FrameSampler.sceneChange(), 40, i -> i < 20 ? 0 : 200))
        .containsExactly("20 cut");
  }

  @Test
  void decide_changesAllTheTime_soonIsNoCut() {
    FrameSampler sampler = SceneSampler.builder().minLength(Duration.ZERO).build();
    IntUnaryOperator wild = i -> i < 20 ? 60 : i % 2 * 140 + 60;

    // A third of the change before is reached with the third of eight frames.
    assertThat(kept(sampler, 60, wild)).containsExactly("21 cut", "22 cut", "23 cut");
  }

  @Test
  void decide_corruptFrame_isPassedOver() {
    FrameSampler sampler = FrameSampler.sceneChange();
    sampler.decide(Flicker.frame(0, 60));

    assertThat(sampler.decide(Flicker.frame(STEP, 200, Flicker.WIDTH, true)))
        .hasToString("drop same_scene");
    assertThat(sampler.decide(Flicker.frame(2 * STEP, 60))).hasToString("drop same_scene 0.0");
    assertThat(sampler.decide(Flicker.frame(3 * STEP, 200, 16, false)))
        .hasToString("drop same_scene");
  }

  @Test
  void decide_highThreshold_needsALargeChange() {
    FrameSampler sampler = SceneSampler.builder().threshold(500).build();

    assertThat(kept(sampler, 40, i -> i < 20 ? 60 : 200)).isEmpty();
  }

  @Test
  void build_optionOutOfRange_throwsNamingIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SceneSampler.builder().threshold(0).build())
        .withMessageContaining("0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SceneSampler.builder().minLength(Duration.ofMillis(-1)).build())
        .withMessageContaining("PT-0.001S");
  }

  private static List<String> kept(FrameSampler sampler, int frames, IntUnaryOperator levels) {
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      SamplingDecision decision = sampler.decide(Flicker.frame(i * STEP, levels.applyAsInt(i)));
      if (decision.keep()) {
        kept.add(i + " " + decision.reason());
      }
    }
    return kept;
  }
}
