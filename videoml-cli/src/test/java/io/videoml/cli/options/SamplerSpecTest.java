package io.videoml.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.frame.OwnedFrame;
import io.videoml.sampling.FrameSampler;
import io.videoml.source.DecodeDemand;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.TestClips;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SamplerSpecTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "all; 0,1,2,3,4,5,6,7,8,9,10,11",
        "every:5; 0,5,10",
        "keyframes; 0,4,8",
        "rate:5; 0,2,4,6,8,10",
        "every:3+keyframes; 0",
        "every:2+keyframes; 0,4,8",
        "all + every:6; 0,6",
        "random:1; 0,1,2,3,4,5,6,7,8,9,10,11",
        "random:0; ''",
        "adaptive:base=5,max=5,min=5; 0,2,4,6,8,10",
        "adaptive: min=2.5 , base=2.5,max=2.5 ; 0,4,8",
        "adaptive+every:2; 0,10"
      })
  void convert_validSpec_keepsWhatAllKeep(String spec, String kept) {
    assertThat(kept(spec, TestClips.movingSquare().withFrames(12).withRate(10).withGop(4)))
        .isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "motion:min-interval=50ms; 1,7", // five frames of cool-down
        "motion:min-interval=50ms,cooldown=1; 1,3,5,7,9,11",
        "motion:min-interval=350ms,cooldown=0; 1,5,9",
        "motion:min-interval=999999999h; 1",
        "motion:min-interval=0ms,cooldown=0,threshold=0.5; 1,2,3,4,5,6,7,8,9,10,11",
        "motion:min-interval=0ms,cooldown=0+keyframes; 4,8"
      })
  void convert_motion_looksAtPixels(String spec, String kept) {
    TestClip blinking = new TestClip(64, 48, 12, 10, 4, (frame, x, y) -> frame % 2 * 100 + 60);

    assertThat(kept(spec, blinking)).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"scene; 6", "scene:threshold=1000; ''", "scene:threshold=6,min-length=2s; 6"})
  void convert_scene_looksAtPixels(String spec, String kept) {
    assertThat(kept(spec, TestClips.cutAt(6).withFrames(12))).isEqualTo(kept);
  }

  private static String kept(String spec, TestClip clip) {
    FrameSampler sampler = new SamplerSpec().convert(spec).get();
    List<String> indices = new ArrayList<>();
    clip.stream()
        .forEach(
            frame -> {
              try (OwnedFrame owned = frame) {
                if (sampler.decide(owned).keep()) {
                  indices.add(Long.toString(owned.info().index()));
                }
              }
            });
    return String.join(",", indices);
  }

  @Test
  void convert_keyFramesJoined_demandsKeyFramesOnly() {
    FrameSampler sampler = new SamplerSpec().convert("every:2+keyframes").get();

    assertThat(sampler.demand()).isEqualTo(DecodeDemand.KEY_FRAMES);
  }

  @ParameterizedTest
  @CsvSource({"motion,ALL", "motion:sleeping=false,ALL", "motion:sleeping=true,MOVING"})
  void convert_sleepingMotion_demandsWhatMoves(String spec, DecodeDemand demand) {
    assertThat(new SamplerSpec().convert(spec).get().demand()).isEqualTo(demand);
  }

  @Test
  void convert_twoRuns_doNotShareASampler() {
    var factory = new SamplerSpec().convert("rate:1");

    assertThat(factory.get()).isNotSameAs(factory.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"motions", "ever:5", "", "all+", "+", ":5", "adaptive,base=1"})
  void convert_unknownSampler_namesThoseThatThereAre(String spec) {
    assertThatThrownBy(() -> new SamplerSpec().convert(spec))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining(SamplerSpec.AVAILABLE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "every|needs a whole number, as in every:5",
        "every:|needs a whole number, as in every:5",
        "every:0|must be at least 1, was 0",
        "every:-1|must be at least 1, was -1",
        "every:2.5|needs a whole number in place of '2.5', as in every:5",
        "every:n=5|needs a whole number in place of 'n=5', as in every:5",
        "rate:0|must be positive and finite, was 0.0",
        "rate:x|needs a number in place of 'x', as in rate:2.5",
        "rate:NaN|must be positive and finite, was NaN",
        "random:1.5|share must be within 0..1, was 1.5",
        "all:1|takes no value; write all",
        "keyframes:every=2|takes no value; write keyframes",
        "adaptive:bse=1|has no option 'bse'; there are base, max, min",
        "adaptive:2|needs key=value, not '2'",
        "adaptive:base=|needs key=value, not 'base='",
        "adaptive:base=1,|needs key=value, not ''",
        "adaptive:base=fast|needs a number in place of 'fast', as in adaptive:base=1.0",
        "adaptive:base=1,base=2|has 'base' twice; give it once",
        "motion:0.03|needs key=value, not '0.03'",
        "motion:threshold=2|threshold must be",
        "motion:min-interval=100|needs a duration in place of '100', as in motion:min-interval=100ms",
        "motion:cooldown=1.5|needs a whole number in place of '1.5', as in motion:cooldown=5",
        "motion:sleeping=yes|needs true or false in place of 'yes', as in motion:sleeping=true",
        "motion:cooldown=-1|must not be negative",
        "scene:threshold=0|threshold must be positive and finite, was 0.0",
        "scene:min-interval=1s|has no option 'min-interval'; there are threshold, min-length",
        "adaptive:max=0.5|rates must be minRate <= baseRate <= maxRate, were 0.1, 1.0 and 0.5 Hz"
      })
  void convert_badValue_namesItAndTheRemedy(String spec, String remedy) {
    assertThatThrownBy(() -> new SamplerSpec().convert("every:1+" + spec))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("sampler '" + spec + "' ")
        .hasMessageContaining(remedy);
  }
}
