package io.videoml.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Float16Test {

  @Test
  void fromFloat_everyHalf_roundTrips() {
    for (int half = 0; half <= 0xffff; half++) {
      float value = Float16.toFloat((short) half);
      if (Float.isNaN(value)) {
        assertThat(Float16.toFloat(Float16.fromFloat(value))).isNaN();
      } else {
        assertThat(Float16.fromFloat(value)).isEqualTo((short) half);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0x3c00, 1.0",
    "0xc000, -2.0",
    "0x7bff, 65504.0",
    "0x0001, 5.9604645E-8",
    "0x0400, 6.1035156E-5",
    "0x7c00, Infinity",
    "0xfc00, -Infinity",
    "0x7e00, NaN",
  })
  void toFloat_knownBits_isTheirValue(String bits, Float value) {
    assertThat(Float16.toFloat((short) (int) Integer.decode(bits))).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "65519.996, 0x7bff", // below the middle to what would be 65536
    "65520.0, 0x7c00",
    "2.9802322E-8, 0x0000", // half of the least: ties to even
    "2.9802326E-8, 0x0001",
    "1.00048828125, 0x3c00", // in the middle of 1 and its successor: the even one
    "1.00146484375, 0x3c02",
    "-0.0, 0x8000",
  })
  void fromFloat_betweenHalves_takesTheNearestThenTheEven(float value, String bits) {
    assertThat(Float16.fromFloat(value)).isEqualTo((short) (int) Integer.decode(bits));
  }

  @Property
  void fromFloat_anyInRange_isNoFartherThanItsNeighbours(
      @ForAll @FloatRange(min = -65504, max = 65504) float value) {
    short half = Float16.fromFloat(value);
    double error = Math.abs((double) Float16.toFloat(half) - value);

    for (int step : new int[] {-1, 1}) {
      float neighbour = Float16.toFloat((short) (half + step));
      if (Float.isFinite(neighbour)) {
        assertThat(error).isLessThanOrEqualTo(Math.abs((double) neighbour - value));
      }
    }
  }
}
