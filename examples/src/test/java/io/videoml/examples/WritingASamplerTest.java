package io.videoml.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.detect.Detections;
import io.videoml.examples.FollowUp.FollowUpSampler;
import io.videoml.frame.OwnedFrame;
import io.videoml.frame.Plane;
import io.videoml.sampling.FrameSampler;
import io.videoml.sampling.SamplingDecision;
import io.videoml.source.DecodeDemand;
import io.videoml.testkit.FrameSamplerContract;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.TestClips;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The snippets of the guide to writing a sampler, as they stand there; {@link DocumentationTest}
 * compares.
 */
class WritingASamplerTest {
  @Test
  void lambda() {
    FrameSampler bright =
        frame -> {
          Plane luma = frame.plane(0);
          long sum = 0;
          for (int y = 0; y < luma.rows(); y += 8) {
            for (int x = 0; x < luma.rowBytes(); x += 8) {
              sum += luma.data().get(y * luma.rowStride() + x) & 0xff;
            }
          }
          double mean = sum / (double) ((luma.rows() + 7) / 8 * ((luma.rowBytes() + 7) / 8));
          return (mean > 60 ? SamplingDecision.keep("bright") : SamplingDecision.drop("dark"))
              .withScore(mean);
        };
    FrameSampler calm = bright.and(FrameSampler.atMost(2));

    // 30 frames a second, dark up to the 40th.
    assertThat(kept(bright, TestClips.cutAt(40))).hasSize(20).startsWith(40);
    assertThat(kept(calm, TestClips.cutAt(40))).containsExactly(40, 55);
  }

  @Nested
  class FollowUpSamplerContractTest extends FrameSamplerContract {
    @Override
    protected FrameSampler sampler() {
      return new FollowUpSampler(Duration.ofSeconds(2));
    }
  }

  @Test
  void followUp_somethingFound_keepsEveryFrameForAWhile() {
    Detection person = new Detection(0, "person", 0.9f, new Box(1, 2, 11, 22));

    FrameSampler sampler = new FollowUpSampler(Duration.ofSeconds(2));
    TestClip clip = TestClips.movingSquare().withRate(10).withGop(5);
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < clip.frames(); i++) {
      try (OwnedFrame frame = clip.frame(i)) {
        if (sampler.decide(frame).keep()) {
          kept.add(i);
        }
      }
      if (i == 10) {
        sampler.feedback(Detections.of(List.of(person)));
      }
    }

    List<Integer> expected = new ArrayList<>(List.of(0, 5, 10));
    for (int i = 11; i < 30; i++) {
      expected.add(i);
    }
    expected.addAll(List.of(30, 35, 40, 45, 50, 55));
    assertThat(kept).isEqualTo(expected);
  }

  @Test
  void followUp_found_demandsEveryFrameUntilTheTimeIsOver() {
    FrameSampler sampler = new FollowUpSampler(Duration.ofSeconds(1)).and(FrameSampler.atMost(5));
    TestClip clip = TestClips.movingSquare().withRate(10).withGop(5);
    assertThat(sampler.demand()).isEqualTo(DecodeDemand.KEY_FRAMES);
    assertThat(kept(sampler, clip.withFrames(3))).containsExactly(0);

    sampler.feedback(
        Detections.of(List.of(new Detection(0, "person", 0.9f, new Box(1, 2, 11, 22)))));

    assertThat(sampler.demand()).isEqualTo(DecodeDemand.ALL);
    try (OwnedFrame late = clip.frame(20)) {
      assertThat(sampler.decide(late).keep()).isTrue(); // as a key frame
    }
    assertThat(sampler.demand()).isEqualTo(DecodeDemand.KEY_FRAMES);
  }

  private static List<Integer> kept(FrameSampler sampler, TestClip clip) {
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < clip.frames(); i++) {
      try (OwnedFrame frame = clip.frame(i)) {
        if (sampler.decide(frame).keep()) {
          kept.add(i);
        }
      }
    }
    return kept;
  }
}
