package io.videoml.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.frame.OwnedFrame;
import io.videoml.sampling.FrameSampler;
import io.videoml.source.DecodeDemand;
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
        "all + every:6; 0,6"
      })
  void convert_validSpec_keepsWhatAllKeep(String spec, String kept) {
    FrameSampler sampler = new SamplerSpec().convert(spec).get();

    List<String> indices = new ArrayList<>();
    TestClips.movingSquare().withFrames(12).withRate(10).withGop(4).stream()
        .forEach(
            frame -> {
              try (OwnedFrame owned = frame) {
                if (sampler.decide(owned).keep()) {
                  indices.add(Long.toString(owned.info().index()));
                }
              }
            });

    assertThat(String.join(",", indices)).isEqualTo(kept);
  }

  @Test
  void convert_keyFramesJoined_demandsKeyFramesOnly() {
    FrameSampler sampler = new SamplerSpec().convert("every:2+keyframes").get();

    assertThat(sampler.demand()).isEqualTo(DecodeDemand.KEY_FRAMES);
  }

  @Test
  void convert_twoRuns_doNotShareASampler() {
    var factory = new SamplerSpec().convert("rate:1");

    assertThat(factory.get()).isNotSameAs(factory.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"motion", "scene:threshold=3", "adaptive", "ever:5", "", "all+", "+"})
  void convert_unknownSampler_namesThoseThatThereAre(String spec) {
    assertThatThrownBy(() -> new SamplerSpec().convert(spec))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining(SamplerSpec.AVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "every",
        "every:",
        "every:0",
        "every:-1",
        "every:2.5",
        "rate:0",
        "rate:x",
        "rate:NaN",
        "all:1"
      })
  void convert_badValue_namesTheSampler(String spec) {
    assertThatThrownBy(() -> new SamplerSpec().convert(spec))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'" + spec + "'");
  }
}
