package io.videoml.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitTest {

  @ParameterizedTest
  @CsvSource({
    // 640 / 1280 = 0.5: 640x360, and 280 rows to share.
    "STRETCH, 1280, 720, 0, 0, 640, 640",
    "LETTERBOX_TOP_LEFT, 1280, 720, 0, 0, 640, 360",
    "LETTERBOX_CENTERED, 1280, 720, 0, 140, 640, 360",
    "LETTERBOX_CENTERED_TRUNCATED, 1280, 720, 0, 140, 640, 360",
    // 640 / 1000: 333 rows become 213.12, and 427 rows of padding are odd.
    "LETTERBOX_CENTERED, 1000, 333, 0, 213, 640, 213",
    "LETTERBOX_CENTERED_TRUNCATED, 1000, 333, 0, 213, 640, 213",
    // 640 / 1000: 334 rows become 213.76, rounded or truncated.
    "LETTERBOX_TOP_LEFT, 1000, 334, 0, 0, 640, 213",
    "LETTERBOX_CENTERED, 1000, 334, 0, 213, 640, 214",
    // Small pictures grow.
    "LETTERBOX_CENTERED, 320, 640, 160, 0, 320, 640",
    "LETTERBOX_TOP_LEFT, 64, 32, 0, 0, 640, 320",
  })
  void place_into640Square_isAsTheFamilyDoes(
      Fit fit, int sourceWidth, int sourceHeight, int x, int y, int width, int height) {
    assertThat(fit.place(sourceWidth, sourceHeight, 640, 640))
        .isEqualTo(new Placement(sourceWidth, sourceHeight, x, y, width, height));
  }

  @Test
  void place_pictureOfWhichNothingRemains_throwsNamingTheSizes() {
    assertThatThrownBy(() -> Fit.LETTERBOX_CENTERED.place(10_000, 1, 64, 64))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10000x1");
  }

  @Property
  void place_anySizes_liesInTheInputAndKeepsTheAspect(
      @ForAll Fit fit,
      @ForAll @IntRange(min = 64, max = 4096) int sourceWidth,
      @ForAll @IntRange(min = 64, max = 4096) int sourceHeight,
      @ForAll @IntRange(min = 64, max = 1280) int width,
      @ForAll @IntRange(min = 64, max = 1280) int height) {
    Placement place = fit.place(sourceWidth, sourceHeight, width, height);

    assertThat(place.x() + place.width()).isLessThanOrEqualTo(width);
    assertThat(place.y() + place.height()).isLessThanOrEqualTo(height);
    if (fit != Fit.STRETCH) {
      double ratio = Math.min((double) width / sourceWidth, (double) height / sourceHeight);
      assertThat((double) place.width()).isEqualTo(sourceWidth * ratio, within(1.0));
      assertThat((double) place.height()).isEqualTo(sourceHeight * ratio, within(1.0));
    }
  }

  @Property
  void sourceX_ofPlacedEdges_areTheSourcesEdges(
      @ForAll Fit fit,
      @ForAll @IntRange(min = 64, max = 4096) int sourceWidth,
      @ForAll @IntRange(min = 64, max = 4096) int sourceHeight) {
    Placement place = fit.place(sourceWidth, sourceHeight, 640, 416);

    assertThat(place.sourceX(place.x())).isZero();
    assertThat(place.sourceY(place.y())).isZero();
    assertThat(place.sourceX(place.x() + place.width())).isEqualTo(sourceWidth, within(1e-9));
    assertThat(place.sourceY(place.y() + place.height())).isEqualTo(sourceHeight, within(1e-9));
  }
}
