package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.detect.Detections;
import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.OwnedFrame;
import io.videoml.sampling.FrameSampler;
import io.videoml.sampling.SamplingDecision;
import io.videoml.source.DecodeDemand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every {@link FrameSampler} promises. An implementation extends this and says how to make
 * one; what it keeps is tested elsewhere.
 */
public abstract class FrameSamplerContract {
  private static final int MANY_REASONS = 8;

  /** Returns a new sampler, set up the same at every call. */
  protected abstract FrameSampler sampler();

  /**
   * Returns the clip to decide on; override for a sampler that needs another one to show what it
   * does.
   */
  protected TestClip clip() {
    return TestClips.movingSquare();
  }

  @Test
  void decide_sameClip_decidesTheSame() {
    assertThat(decideAll(sampler())).isEqualTo(decideAll(sampler()));
  }

  @Test
  void decide_anotherStreamAtTheSameTime_doesNotMatter() {
    FrameSampler one = sampler();
    FrameSampler other = sampler();
    List<String> decisions = new ArrayList<>();
    for (int i = 0; i < clip().frames(); i++) {
      decisions.add(decide(one, i));
      decide(other, clip().frames() - 1 - i);
    }

    assertThat(decisions).isEqualTo(decideAll(sampler()));
  }

  @Test
  void decide_everyFrame_givesOneOfFewReasons() {
    FrameSampler sampler = sampler();
    Set<String> reasons = new HashSet<>();
    for (int i = 0; i < clip().frames(); i++) {
      try (OwnedFrame frame = clip().frame(i)) {
        reasons.add(sampler.decide(frame).reason());
      }
    }

    assertThat(reasons)
        .hasSizeLessThanOrEqualTo(MANY_REASONS)
        .allSatisfy(reason -> assertThat(reason).isNotBlank().doesNotContainAnyWhitespaces());
  }

  @Test
  void decide_returned_holdsNothingOfTheFrame() {
    FrameSampler sampler = sampler();
    FrameLedger ledger = new FrameLedger();
    List<String> decisions = new ArrayList<>();
    for (int i = 0; i < clip().frames(); i++) {
      FrameInfo info = clip().info(i);
      byte[] pixels = clip().pixels(i, info.width(), info.height());
      try (FakeFrame frame =
          new FakeFrame(Frame.of(info, pixels), Optional.of(FakeFrameSource.position(i)), ledger)) {
        decisions.add(i + " " + sampler.decide(frame));
      }
      Arrays.fill(pixels, (byte) (i * 37)); // as a decoder that reuses its memory
    }

    assertThat(ledger.open()).isZero();
    assertThat(decisions).isEqualTo(decideAll(sampler()));
  }

  @Test
  void decide_timeGoesBack_decidesAsANewSampler() {
    FrameSampler sampler = sampler();
    decideAll(sampler);

    assertThat(decideAll(sampler)).isEqualTo(decideAll(sampler()));
  }

  @Test
  void demand_throughTheClip_isNeverNullAndWideEnough() {
    FrameSampler sampler = sampler();
    assertThat(sampler.demand()).isNotNull();
    for (int i = 0; i < clip().frames(); i++) {
      try (OwnedFrame frame = clip().frame(i)) {
        boolean passedOver =
            sampler.demand() == DecodeDemand.KEY_FRAMES && !frame.info().keyFrame();
        SamplingDecision decision = sampler.decide(frame);
        assertThat(sampler.demand()).isNotNull().isEqualTo(sampler.demand());
        assertThat(decision.keep() && passedOver)
            .as("keeps frame %d, which it told the decoder to pass over", i)
            .isFalse();
      }
    }
  }

  @Test
  void feedback_ofNothingAndOfThings_isTakenAtAnyTime() {
    Detections found =
        Detections.of(List.of(new Detection(0, "person", 0.9f, new Box(1, 2, 11, 22))));
    FrameSampler sampler = sampler();
    sampler.feedback(Detections.NONE);
    for (int i = 0; i < clip().frames(); i++) {
      decide(sampler, i);
      sampler.feedback(i % 2 == 0 ? Detections.NONE : found);
    }

    assertThat(sampler.demand()).isNotNull();
  }

  private List<String> decideAll(FrameSampler sampler) {
    List<String> decisions = new ArrayList<>();
    for (int i = 0; i < clip().frames(); i++) {
      decisions.add(decide(sampler, i));
    }
    return decisions;
  }

  private String decide(FrameSampler sampler, int index) {
    try (OwnedFrame frame = clip().frame(index)) {
      return index + " " + sampler.decide(frame);
    }
  }
}
