package io.videoml.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StageCounterTest {
  @Test
  void stopped_moreReasonsThanPlaces_goUnderOther() {
    StageCounter counter = new StageCounter("sample");
    for (int score = 0; score < 100; score++) {
      counter.stoppedByUser("score_" + score);
    }
    counter.stoppedByUser("score_3");
    counter.stopped("failed", 5);

    StageSummary summary = counter.summary(() -> 106, "");

    assertThat(summary.stopped())
        .hasSize(StageCounter.MOST_REASONS + 2)
        .containsEntry("failed", 5L)
        .containsEntry("other", 100L - StageCounter.MOST_REASONS)
        .containsEntry("score_3", 2L);
  }

  @Test
  void summary_framesStillInside_areLostOnlyWhereToldSo() {
    StageCounter counter = new StageCounter("small");
    counter.passed();
    counter.stopped("no_match", 2);

    assertThat(counter.summary(() -> 5, "").stopped()).isEqualTo(Map.of("no_match", 2L));
    assertThat(counter.summary(() -> 5, "closed").stopped())
        .isEqualTo(Map.of("closed", 2L, "no_match", 2L));
  }

  @Test
  void ratio_isTheShareThatWentOn() {
    assertThat(new StageSummary("small", 8, 2, Map.of("no_match", 6L)).ratio()).isEqualTo(0.25);
    assertThat(new StageSummary("small", 0, 0, Map.of()).ratio()).isZero();
  }
}
