package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnerTest {
  /** The stored picture is ABC over DEF; the matrix is that of the container. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, 1, ABC/DEF",
    "0, 1, -1, 0, DA/EB/FC",
    "-1, 0, 0, -1, FED/CBA",
    "0, -1, 1, 0, CF/BE/AD",
    "-1, 0, 0, 1, CBA/FED",
    "1, 0, 0, -1, DEF/ABC",
    "0, 1, 1, 0, AD/BE/CF",
    "0, -1, -1, 0, FC/EB/DA",
  })
  void turn_byEachMatrix_isAsDisplayed(int a, int b, int c, int d, String shown) {
    Orientation orientation = Orientation.of(a, b, c, d);
    int width = shown.indexOf('/');
    int height = 6 / width;
    ByteBuffer to = ByteBuffer.allocate(6);

    Turner.turn(
        ByteBuffer.wrap("ABCDEF".getBytes(StandardCharsets.US_ASCII)),
        /* fromStride= */ 3,
        to,
        /* toStride= */ width,
        width,
        height,
        orientation);

    assertThat(new String(to.array(), StandardCharsets.US_ASCII)).isEqualTo(shown.replace("/", ""));
  }
}
