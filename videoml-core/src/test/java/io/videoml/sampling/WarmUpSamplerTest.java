package io.videoml.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.videoml.detect.Detections;
import io.videoml.frame.Frame;
import io.videoml.source.DecodeDemand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpSamplerTest {
  @Test
  void withWarmUp_frames_showsThemAndKeepsNone() {
    Remembering inner = new Remembering();
    FrameSampler sampler = inner.withWarmUp(3);

    assertThat(kept(sampler, 0, 6)).containsExactly(3L, 4L, 5L);
    assertThat(inner.seen).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    assertThat(inner.withWarmUp(1).decide(at(0))).hasToString("drop warm_up");
  }

  @Test
  void withWarmUp_time_endsWhenSoMuchHasPassed() {
    assertThat(kept(new Remembering().withWarmUp(Duration.ofMillis(150)), 4, 9))
        .containsExactly(7L, 8L);
  }

  @Test
  void withWarmUp_timeGoesBack_warmsUpAgain() {
    FrameSampler byFrames = new Remembering().withWarmUp(2);
    FrameSampler byTime = new Remembering().withWarmUp(Duration.ofMillis(100));

    for (FrameSampler sampler : List.of(byFrames, byTime)) {
      assertThat(kept(sampler, 0, 4)).containsExactly(2L, 3L);
      assertThat(kept(sampler, 1, 5)).containsExactly(3L, 4L);
    }
  }

  @Test
  void withWarmUp_ofARateLimit_keepsItsGrid() {
    // Frames come every 50 ms; those due at 0 and 200 ms fall into the warm-up.
    assertThat(kept(FrameSampler.atMost(5).withWarmUp(5), 0, 13)).containsExactly(8L, 12L);
  }

  @Test
  void withWarmUp_ofNothing_changesNothing() {
    assertThat(kept(new Remembering().withWarmUp(0), 0, 2)).containsExactly(0L, 1L);
    assertThat(kept(new Remembering().withWarmUp(Duration.ZERO), 0, 2)).containsExactly(0L, 1L);
  }

  @Test
  void withWarmUp_demandAndFeedback_areThoseOfTheOther() {
    Remembering inner = new Remembering();
    FrameSampler sampler = inner.withWarmUp(5);

    sampler.feedback(Detections.NONE);

    assertThat(inner.feedback).isEqualTo(1);
    assertThat(sampler.demand()).isEqualTo(DecodeDemand.REFERENCE_FRAMES);
  }

  @Test
  void withWarmUp_negative_throwsNamingTheValue() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrameSampler.all().withWarmUp(-1))
        .withMessageContaining("-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrameSampler.all().withWarmUp(Duration.ofMillis(-1)))
        .withMessageContaining("PT-0.001S");
  }

  /** Keeps all it sees. */
  private static final class Remembering implements FrameSampler {
    final List<Long> seen = new ArrayList<>();
    int feedback;

    @Override
    public SamplingDecision decide(Frame frame) {
      seen.add(frame.info().index());
      return SamplingDecision.keep("seen");
    }

    @Override
    public DecodeDemand demand() {
      return DecodeDemand.REFERENCE_FRAMES;
    }

    @Override
    public void feedback(Detections detections) {
      feedback++;
    }
  }

  private static List<Long> kept(FrameSampler sampler, long from, long to) {
    List<Long> kept = new ArrayList<>();
    for (long i = from; i < to; i++) {
      if (sampler.decide(at(i)).keep()) {
        kept.add(i);
      }
    }
    return kept;
  }

  private static Frame at(long index) {
    return SampledFrames.at(index, Duration.ofMillis(50 * index));
  }
}
