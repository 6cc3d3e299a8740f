package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.packet.EncodedFormat;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodedParametersTest {
  /** The last is what becomes of times so far apart that their difference overflows. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "40000000, 1",
    "80000000, 2",
    "9000000000, 16",
    "-40000000, 0",
    "-9223372036854775790, 0"
  })
  void of_delay_isSoManyPicturesAtMost16AndNeverNegative(long delayNanos, int pictures) {
    assertThat(delay(delayNanos)).isEqualTo(pictures);
  }

  private static int delay(long nanos) {
    EncodedFormat format =
        new EncodedFormat(
            "h264", EncodedFormat.Packaging.ANNEX_B, 0, 0, new byte[0], OptionalDouble.of(25));
    try (EncodedParameters parameters = EncodedParameters.of(format, nanos, "test")) {
      return parameters.get().video_delay();
    }
  }
}
