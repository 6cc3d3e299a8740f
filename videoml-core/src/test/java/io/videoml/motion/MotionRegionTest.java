package io.videoml.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class MotionRegionTest {
  private static final double[] LEFT = {0, 0, 0.5, 0, 0.5, 1, 0, 1};
  private static final double[] TOP = {0, 0, 1, 0, 1, 0.5, 0, 0.5};

  @Test
  void measure_zone_countsOnlyThere() {
    MotionRegion left = MotionRegion.whole().only(LEFT);

    assertThat(share(left, 0, 80)).isCloseTo(1, within(0.001));
    assertThat(share(left, 120, 160)).isZero();
    assertThat(share(left, 0, 40)).isCloseTo(44.5 / 80, within(0.02));
  }

  @Test
  void measure_mask_countsOnlyElsewhere() {
    MotionRegion right = MotionRegion.whole().without(LEFT);

    assertThat(share(right, 0, 60)).isZero();
    assertThat(share(right, 80, 160)).isCloseTo(1, within(0.001));
  }

  @Test
  void measure_zonesAndMask_countInAnyZoneOutsideTheMask() {
    MotionRegion region = MotionRegion.whole().only(LEFT).only(TOP).without(LEFT);

    assertThat(weight(region, 40, 20)).isEqualTo(20 * 10);
    assertThat(weight(MotionRegion.whole().only(LEFT).only(TOP), 40, 20))
        .isEqualTo(20 * 20 + 20 * 10);
  }

  @Test
  void measure_masksEverything_isZero() {
    assertThat(share(MotionRegion.whole().without(0, 0, 1, 0, 1, 1, 0, 1), 0, 160)).isZero();
  }

  @Test
  void only_triangle_holdsHalfOfItsBox() {
    assertThat(weight(MotionRegion.whole().only(0, 0, 1, 0, 0, 1), 101, 67))
        .isCloseTo(101 * 67 / 2, within(101L));
  }

  @Test
  void shares_pixels_areTheSamePart() {
    double[] corners = MotionRegion.shares(40, 20, 10, 5, 30, 5, 30, 15, 10, 15);

    assertThat(corners).containsExactly(0.25, 0.25, 0.75, 0.25, 0.75, 0.75, 0.25, 0.75);
    assertThat(weight(MotionRegion.whole().only(corners), 40, 20)).isEqualTo(20 * 10);
  }

  @Test
  void only_notAPolygonOrOutside_throwsNamingIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MotionRegion.whole().only(0, 0, 1, 1))
        .withMessageContaining("[0.0, 0.0, 1.0, 1.0]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MotionRegion.whole().without(0, 0, 640, 0, 0, 1))
        .withMessageContaining("640");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MotionRegion.whole().only(0, 0, Double.NaN, 0, 0, 1))
        .withMessageContaining("NaN");
  }

  @Test
  void region_written_comesBackEqual() throws IOException, ClassNotFoundException {
    MotionRegion region = MotionRegion.whole().only(TOP).without(LEFT);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(region);
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(region).hasSameHashCodeAs(region);
    }
    assertThat(region).isNotEqualTo(MotionRegion.whole().only(TOP));
  }

  /** Turns the columns from one to another white in a black picture of 160 by 120. */
  private static double share(MotionRegion region, int from, int to) {
    MotionMeter meter = new MotionMeter(region);
    meter.measure(Pictures.gray(160, 120, (x, y) -> 0));
    return meter
        .measure(Pictures.gray(160, 120, (x, y) -> x >= from && x < to ? 255 : 0))
        .orElseThrow();
  }

  private static long weight(MotionRegion region, int width, int height) {
    LumaCells cells =
        LumaCells.of(Pictures.gray(width, height, (x, y) -> 0).info(), Grain.of(width, height));
    return CellWeights.of(region, cells).total();
  }
}
