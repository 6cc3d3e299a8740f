package io.videoml.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "10s,PT10S",
    "500ms,PT0.5S",
    "1.5m,PT90S",
    "2h,PT2H",
    "PT1M5S,PT1M5S",
    "pt3s,PT3S",
    "999999999.5h,PT999999999H30M",
    "0.000000001s,PT0.000000001S"
  })
  void convert_duration_isRead(String text, Duration expected) {
    assertThat(new Durations().convert(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10", "s", "0s", "-1s", "PT0S", "PT-3S", "1d", "1,5s", "0.0000000001s"})
  void convert_noPositiveDuration_isRefusedByName(String text) {
    assertThatThrownBy(() -> new Durations().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'" + text + "'");
  }
}
