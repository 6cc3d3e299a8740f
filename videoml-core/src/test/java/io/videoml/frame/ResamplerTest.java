package io.videoml.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.videoml.tensor.Resampling;
import java.nio.ByteBuffer;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ResamplerTest {

  @Test
  void row_bilinearHalfSize_isTheMeanOfPairs() {
    // Centres of the two results lie between the first two and the last two samples.
    assertThat(resample(new byte[] {10, 20, 30, 50}, 4, 1, 2, 1, Resampling.BILINEAR)[0])
        .containsExactly(15, 40);
  }

  @Test
  void row_bilinearThirdSize_skipsWhatIsFar() {
    // The centre of the only result lies on the middle sample: no antialiasing.
    assertThat(resample(new byte[] {0, 90, 0}, 3, 1, 1, 1, Resampling.BILINEAR)[0])
        .containsExactly(90);
  }

  @Test
  void row_areaThirdSize_isTheMeanOfAll() {
    assertThat(resample(new byte[] {0, 90, 0}, 3, 1, 1, 1, Resampling.AREA)[0][0])
        .isEqualTo(30, within(1e-4f));
  }

  @Test
  void row_doubleSize_repeatsTheEdges() {
    assertThat(resample(new byte[] {0, 100}, 2, 1, 4, 1, Resampling.BILINEAR)[0])
        .containsExactly(0, 25, 75, 100);
  }

  @Test
  void row_codesAbove127_areNotNegative() {
    assertThat(resample(new byte[] {(byte) 255}, 1, 1, 1, 1, Resampling.AREA)[0])
        .containsExactly(255);
  }

  @Property(tries = 300)
  void row_anySizesAndSteps_isWhatTheNaiveFormulaGives(
      @ForAll @IntRange(min = 1, max = 40) int sourceWidth,
      @ForAll @IntRange(min = 1, max = 40) int sourceHeight,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 3) int step,
      @ForAll("filters") Resampling filter,
      @ForAll long seed) {
    byte[] samples = new byte[(sourceWidth * step + 5) * sourceHeight];
    new Random(seed).nextBytes(samples);
    int offset = step - 1;
    int stride = sourceWidth * step + 5;
    Plane plane = new Plane(ByteBuffer.wrap(samples), stride, sourceWidth * step, sourceHeight);
    Resampler resampler =
        new Resampler(plane, offset, step, sourceWidth, sourceHeight, width, height, filter);
    float[] row = new float[width];

    for (int y = 0; y < height; y++) {
      resampler.row(y, row);
      for (int x = 0; x < width; x++) {
        double expected = 0;
        for (int j = 0; j < sourceHeight; j++) {
          for (int i = 0; i < sourceWidth; i++) {
            expected +=
                (samples[j * stride + i * step + offset] & 0xff)
                    * weight(i, x, sourceWidth, width, filter)
                    * weight(j, y, sourceHeight, height, filter);
          }
        }
        assertThat((double) row[x]).isEqualTo(expected, within(0.01));
      }
    }
  }

  @Provide
  Arbitrary<Resampling> filters() {
    return Arbitraries.of(Resampling.BILINEAR, Resampling.AREA);
  }

  /** How much source sample {@code i} counts in result {@code x}, straight from the definitions. */
  private static double weight(int i, int x, int source, int target, Resampling filter) {
    double scale = (double) source / target;
    if (filter == Resampling.AREA && scale > 1) {
      double covered = Math.min(i + 1, (x + 1) * scale) - Math.max(i, x * scale);
      return Math.max(0, covered) / scale;
    }
    double center = Math.min(source - 1, Math.max(0, (x + 0.5) * scale - 0.5));
    return Math.max(0, 1 - Math.abs(center - i));
  }

  private static float[][] resample(
      byte[] samples, int sourceWidth, int sourceHeight, int width, int height, Resampling filter) {
    Plane plane = new Plane(ByteBuffer.wrap(samples), sourceWidth, sourceWidth, sourceHeight);
    Resampler resampler =
        new Resampler(plane, 0, 1, sourceWidth, sourceHeight, width, height, filter);
    float[][] rows = new float[height][width];
    for (int y = 0; y < height; y++) {
      resampler.row(y, rows[y]);
    }
    return rows;
  }
}
