package io.videoml.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.videoml.frame.ColorSpace;
import io.videoml.frame.ColorSpace.Matrix;
import io.videoml.frame.ColorSpace.Range;
import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.PixelFormat;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MotionMeterTest {
  private final MotionMeter meter = new MotionMeter();

  @Test
  void measure_firstFrame_hasNoShare() {
    assertThat(meter.measure(Pictures.gray(64, 48, (x, y) -> 90))).isEmpty();
  }

  @Test
  void measure_sameFrameAgain_isZero() {
    meter.measure(Pictures.gray(64, 48, (x, y) -> x * 3 + y));

    assertThat(meter.measure(Pictures.gray(64, 48, (x, y) -> x * 3 + y))).hasValue(0);
  }

  @Test
  void measure_levelsChangeEverywhere_countsFromOneAboveTheLimit() {
    meter.measure(Pictures.gray(37, 21, (x, y) -> 100));

    assertThat(meter.measure(Pictures.gray(37, 21, (x, y) -> 125))).hasValue(0);
    assertThat(meter.measure(Pictures.gray(37, 21, (x, y) -> 151))).hasValue(1);
    assertThat(meter.measure(Pictures.gray(37, 21, (x, y) -> 126))).hasValue(0);
    assertThat(meter.measure(Pictures.gray(37, 21, (x, y) -> 100))).hasValue(1);
  }

  @Test
  void measure_halfOfThePictureTurnsWhite_isAboutHalf() {
    meter.measure(Pictures.gray(160, 120, (x, y) -> 0));

    OptionalDouble share = meter.measure(Pictures.gray(160, 120, (x, y) -> x < 80 ? 255 : 0));

    // Blurred, the edge is above 25 of 255 as far as 1.3 sigma, 4.5 pixels, beyond it.
    assertThat(share.orElseThrow()).isCloseTo(84.5 / 160, within(0.01));
  }

  @Test
  void measure_noiseOfSinglePixels_isZero() {
    meter.measure(Pictures.gray(160, 120, (x, y) -> 100 + (x * 7 + y * 13) % 40));

    assertThat(meter.measure(Pictures.gray(160, 120, (x, y) -> 100 + (x * 13 + y * 7) % 40)))
        .hasValue(0);
  }

  @Test
  void measure_onePixel_changesOrNot() {
    meter.measure(Pictures.gray(1, 1, (x, y) -> 10));

    assertThat(meter.measure(Pictures.gray(1, 1, (x, y) -> 20))).hasValue(0);
    assertThat(meter.measure(Pictures.gray(1, 1, (x, y) -> 50))).hasValue(1);
  }

  @Test
  void measure_limitedRange_countsLevelsOfFullRange() {
    // 22 codes of 219 are 25.6 levels of 255, 21 are 24.5.
    meter.measure(luma(Range.LIMITED, 100, false));

    assertThat(meter.measure(luma(Range.LIMITED, 121, false))).hasValue(0);
    assertThat(meter.measure(luma(Range.LIMITED, 143, false))).hasValue(1);
  }

  @Test
  void measure_corruptFrame_isPassedOver() {
    meter.measure(luma(Range.FULL, 100, false));

    assertThat(meter.measure(luma(Range.FULL, 200, true))).isEmpty();
    assertThat(meter.measure(luma(Range.FULL, 100, false))).hasValue(0);
  }

  @Test
  void measure_sizeFormatOrRangeChanges_startsAfresh() {
    meter.measure(Pictures.gray(64, 48, (x, y) -> 0));

    assertThat(meter.measure(Pictures.gray(48, 64, (x, y) -> 255))).isEmpty();
    assertThat(meter.measure(luma(Range.FULL, 0, false))).isEmpty();
    assertThat(meter.measure(luma(Range.LIMITED, 255, false))).isEmpty();
    assertThat(meter.measure(luma(Range.LIMITED, 255, false))).hasValue(0);
  }

  @Test
  void forget_thenMeasure_hasNoShare() {
    meter.measure(Pictures.gray(64, 48, (x, y) -> 0));

    meter.forget();

    assertThat(meter.measure(Pictures.gray(64, 48, (x, y) -> 255))).isEmpty();
  }

  @Test
  void measure_colours_countByTheirLuma() {
    for (PixelFormat format : new PixelFormat[] {PixelFormat.BGR24, PixelFormat.RGB24}) {
      MotionMeter colours = new MotionMeter();
      colours.measure(primary(format, 0, 0));

      assertThat(colours.measure(primary(format, 0, 255))).as("red, 76 levels").hasValue(1);
      assertThat(colours.measure(primary(format, 2, 255))).as("blue, 29 levels").hasValue(1);
      assertThat(colours.measure(primary(format, 2, 40))).as("less blue, by 24").hasValue(0);
    }
  }

  @Test
  void meter_levelOutOfRange_throwsNamingIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MotionMeter(MotionRegion.whole(), 255))
        .withMessageContaining("255");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MotionMeter(MotionRegion.whole(), -1))
        .withMessageContaining("-1");
  }

  private static Frame luma(Range range, int level, boolean corrupt) {
    ColorSpace space = new ColorSpace(Matrix.BT601, range);
    FrameInfo info = Pictures.info(64, 48, PixelFormat.I420, space, corrupt);
    return Pictures.of(info, (x, y) -> level, 64, false);
  }

  /**
   * @param channel 0 for red to 2 for blue
   */
  private static Frame primary(PixelFormat format, int channel, int level) {
    byte[] pixels = new byte[64 * 48 * 3];
    int at = format == PixelFormat.RGB24 ? channel : 2 - channel;
    for (int i = at; i < pixels.length; i += 3) {
      pixels[i] = (byte) level;
    }
    return Frame.of(Pictures.info(64, 48, format, Pictures.FULL, false), pixels);
  }
}
