package io.videoml.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.videoml.frame.Frame;
import io.videoml.frame.PixelFormat;
import org.junit.jupiter.api.Test;

class SceneMeterTest {
  private final SceneMeter meter = new SceneMeter();

  @Test
  void measure_firstSmallerAndCorruptFrames_haveNoChange() {
    assertThat(meter.measure(stripes(0, 200))).isEmpty();
    assertThat(meter.measure(Pictures.gray(320, 180, (x, y) -> 200))).isEmpty();
    assertThat(
            meter.measure(
                Pictures.of(
                    Pictures.info(320, 180, PixelFormat.GRAY8, Pictures.FULL, true),
                    (x, y) -> 0,
                    320,
                    false)))
        .isEmpty();
    assertThat(meter.measure(Pictures.gray(320, 180, (x, y) -> 200))).hasValue(0);
  }

  @Test
  void measure_anotherPattern_isLarge() {
    meter.measure(Pictures.gray(640, 360, (x, y) -> x < 320 ? 50 : 200));

    double change =
        meter.measure(Pictures.gray(640, 360, (x, y) -> y < 180 ? 200 : 50)).orElseThrow();

    // Half of the parts are 150 levels off, but for those beside the edges, and nothing is alike.
    assertThat(change).isCloseTo(75, within(6.0));
  }

  @Test
  void measure_everythingMovesAPart_isSmall() {
    meter.measure(stripes(0, 200));

    assertThat(meter.measure(stripes(13, 200)).orElseThrow()).isLessThan(2);
  }

  @Test
  void measure_alittleBrighter_isSmall() {
    meter.measure(stripes(0, 200));

    assertThat(meter.measure(stripes(0, 230)).orElseThrow()).isLessThan(1);
  }

  @Test
  void measure_onePixelAndFlatPictures_isFinite() {
    meter.measure(Pictures.gray(1, 1, (x, y) -> 0));

    assertThat(meter.measure(Pictures.gray(1, 1, (x, y) -> 255)).orElseThrow())
        .isBetween(250.0, 255.0);
  }

  @Test
  void brightness_whiteAndBlack_isRootMeanSquare() {
    meter.measure(Pictures.gray(640, 360, (x, y) -> x < 320 ? 0 : 200));

    assertThat(meter.brightness()).isCloseTo(200 / Math.sqrt(2), within(2.0));
  }

  @Test
  void forget_thenMeasure_hasNoChange() {
    meter.measure(stripes(0, 200));

    meter.forget();

    assertThat(meter.measure(stripes(100, 200))).isEmpty();
  }

  private static Frame stripes(int shift, int white) {
    return Pictures.gray(640, 360, (x, y) -> (x + shift) / 80 % 2 == 0 ? 40 : white);
  }
}
