package io.videoml.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.frame.FrameInfo;
import io.videoml.frame.PixelFormat;
import java.util.OptionalDouble;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The share does not depend on how and where the pixels lie in memory. */
class MotionMeterProperties {

  @Property(tries = 300)
  void measure_anyStrideAndMemory_isTheSame(
      @ForAll @IntRange(min = 1, max = 70) int width,
      @ForAll @IntRange(min = 1, max = 50) int height,
      @ForAll @IntRange(max = 40) int padding,
      @ForAll boolean direct,
      @ForAll PixelFormat format,
      @ForAll long seed) {
    FrameInfo info = Pictures.info(width, height, format, Pictures.FULL, false);
    int rowBytes = format.rowBytes(0, width);
    MotionMeter plain = new MotionMeter();
    MotionMeter other = new MotionMeter();
    for (int i = 0; i < 4; i++) {
      Pictures.Levels levels = patches(seed + i);

      OptionalDouble expected = plain.measure(Pictures.of(info, levels, rowBytes, false));
      OptionalDouble measured =
          other.measure(Pictures.of(info, levels, rowBytes + padding, direct));

      assertThat(measured).isEqualTo(expected);
      assertThat(measured.isPresent()).isEqualTo(i > 0);
      assertThat(measured.orElse(0)).isBetween(0.0, 1.0);
    }
  }

  @Property(tries = 100)
  void measure_greyPictureInAnyFormat_isTheSame(
      @ForAll @IntRange(min = 1, max = 70) int width,
      @ForAll @IntRange(min = 1, max = 50) int height,
      @ForAll PixelFormat format,
      @ForAll long seed) {
    FrameInfo gray = Pictures.info(width, height, PixelFormat.GRAY8, Pictures.FULL, false);
    FrameInfo info = Pictures.info(width, height, format, Pictures.FULL, false);
    MotionMeter expected = new MotionMeter();
    MotionMeter meter = new MotionMeter();
    for (int i = 0; i < 3; i++) {
      assertThat(meter.measure(Pictures.of(info, patches(seed + i), 0, false)))
          .isEqualTo(expected.measure(Pictures.of(gray, patches(seed + i), 0, false)));
    }
  }

  /** Large pictures are looked at in other cells; the smallest of them are 1025 pixels high. */
  @Property(tries = 20)
  void measure_largePicturesAnyStrideAndMemory_isTheSame(
      @ForAll @IntRange(min = 513, max = 1100) int width,
      @ForAll @IntRange(min = 1022, max = 1030) int height,
      @ForAll @IntRange(max = 5) int padding,
      @ForAll boolean direct,
      @ForAll long seed) {
    FrameInfo info = Pictures.info(width, height, PixelFormat.GRAY8, Pictures.FULL, false);
    MotionMeter plain = new MotionMeter();
    MotionMeter other = new MotionMeter();
    plain.measure(Pictures.of(info, patches(seed), width, false));
    other.measure(Pictures.of(info, patches(seed), width + padding, direct));

    OptionalDouble share = plain.measure(Pictures.of(info, patches(seed + 1), width, false));

    assertThat(share.orElseThrow()).isBetween(0.05, 0.95);
    assertThat(other.measure(Pictures.of(info, patches(seed + 1), width + padding, direct)))
        .isEqualTo(share);
  }

  /** Patches of 8 by 8 pixels, so that something is left of them when they are blurred. */
  private static Pictures.Levels patches(long seed) {
    byte[] levels = new byte[1024];
    new Random(seed).nextBytes(levels);
    return (x, y) -> levels[(x / 8 * 31 + y / 8 * 17) & 1023] & 0xff;
  }
}
