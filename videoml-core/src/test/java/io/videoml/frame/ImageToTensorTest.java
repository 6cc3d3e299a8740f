package io.videoml.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.videoml.tensor.ChannelOrder;
import io.videoml.tensor.ElementType;
import io.videoml.tensor.Fit;
import io.videoml.tensor.Float16;
import io.videoml.tensor.ImageSpec;
import io.videoml.tensor.ImageTensor;
import io.videoml.tensor.Normalization;
import io.videoml.tensor.Placement;
import io.videoml.tensor.TensorLayout;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ImageToTensorTest {
  private static final ImageSpec LEVELS =
      ImageSpec.letterboxed(2, 2)
          .withFit(Fit.STRETCH, 0)
          .withColor(ChannelOrder.RGB, Normalization.NONE);

  private static FrameInfo info(int width, int height, PixelFormat format, ColorSpace space) {
    FrameTime time = FrameTime.arrivingNow(Duration.ZERO);
    return new FrameInfo(0, width, height, format, space, time, true, false, 0);
  }

  private static Frame rgb(int width, int height, int... levels) {
    byte[] pixels = new byte[levels.length];
    for (int i = 0; i < levels.length; i++) {
      pixels[i] = (byte) levels[i];
    }
    return Frame.of(info(width, height, PixelFormat.RGB24, ColorSpace.BT601_LIMITED), pixels);
  }

  private static float[] write(Frame frame, ImageSpec spec) {
    ImageTensor target = ImageTensor.allocate(spec);
    frame.writeTo(target);
    float[] values = new float[spec.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (spec.type()) {
            case FLOAT32 -> target.data().getFloat(4 * i);
            case FLOAT16 -> Float16.toFloat(target.data().getShort(2 * i));
            default -> target.data().get(i) & 0xff;
          };
    }
    return values;
  }

  @Test
  void write_sameSizeNchw_isOnePlaneAChannel() {
    Frame frame = rgb(2, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);

    assertThat(write(frame, LEVELS)).containsExactly(1, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT16", "UINT8"})
  void write_sameSizeNhwc_isPixelByPixelInEveryType(ElementType type) {
    Frame frame = rgb(2, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);

    assertThat(write(frame, LEVELS.withMemory(type, TensorLayout.NHWC)))
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  }

  @Test
  void write_bgrSource_readsTheSameColours() {
    byte[] pixels = {3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10};
    Frame frame = Frame.of(info(2, 2, PixelFormat.BGR24, ColorSpace.BT601_LIMITED), pixels);

    assertThat(write(frame, LEVELS)).containsExactly(1, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12);
  }

  @Test
  void write_bgrWithMeans_normalisesEachChannelWithItsOwn() {
    Frame frame = rgb(1, 1, 100, 150, 200);
    Normalization normalization = new Normalization(List.of(200f, 140f, 110f), List.of(1f, 2f, 5f));
    ImageSpec spec = LEVELS.withSize(1, 1).withColor(ChannelOrder.BGR, normalization);

    assertThat(write(frame, spec)).containsExactly(new float[] {0, 5, -2}, within(1e-4f));
  }

  @Test
  void write_letterboxed_padsAroundBeforeNormalising() {
    Frame frame = rgb(4, 2, repeated(255, 24));
    ImageSpec spec =
        ImageSpec.letterboxed(4, 4)
            .withFit(Fit.LETTERBOX_CENTERED, 102)
            .withColor(ChannelOrder.RGB, Normalization.UNIT);

    float[] values = write(frame, spec);

    float[] row = {0.4f, 0.4f, 0.4f, 0.4f};
    assertThat(Arrays.copyOfRange(values, 0, 4)).containsExactly(row, within(1e-6f));
    assertThat(Arrays.copyOfRange(values, 4, 12))
        .containsExactly(new float[] {1, 1, 1, 1, 1, 1, 1, 1}, within(1e-6f));
    assertThat(Arrays.copyOfRange(values, 12, 16)).containsExactly(row, within(1e-6f));
  }

  @Test
  void write_pictureAtTheSide_padsBesideIt() {
    Frame frame = rgb(1, 2, repeated(200, 6));
    ImageSpec spec = LEVELS.withSize(2, 2).withFit(Fit.LETTERBOX_TOP_LEFT, 7);
    ImageTensor target = ImageTensor.allocate(spec);

    Placement place = frame.writeTo(target);

    assertThat(place).isEqualTo(new Placement(1, 2, 0, 0, 1, 2));
    assertThat(write(frame, spec)).startsWith(200, 7, 200, 7);
  }

  @Test
  void write_again_leavesNothingOfThePictureBefore() {
    ImageTensor target = ImageTensor.allocate(LEVELS.withFit(Fit.LETTERBOX_TOP_LEFT, 5));

    rgb(2, 2, repeated(255, 12)).writeTo(target);
    rgb(2, 1, repeated(100, 6)).writeTo(target);

    assertThat(target.data().getFloat(0)).isEqualTo(100);
    assertThat(target.data().getFloat(8)).isEqualTo(5);
  }

  private static int[] repeated(int value, int times) {
    int[] values = new int[times];
    Arrays.fill(values, value);
    return values;
  }

  // Pure colours by the recommendations: BT.601 limited red is 81, 90, 240 and so on.
  @ParameterizedTest
  @CsvSource({
    "BT601, LIMITED, 235, 128, 128, 255, 255, 255",
    "BT601, LIMITED, 16, 128, 128, 0, 0, 0",
    "BT601, LIMITED, 81, 90, 240, 254, 0, 0",
    "BT709, LIMITED, 63, 102, 240, 255, 0, 0",
    "BT601, FULL, 76, 85, 255, 254, 0, 0",
    "BT601, FULL, 255, 128, 128, 255, 255, 255",
    "BT2020, LIMITED, 16, 128, 128, 0, 0, 0",
    "BT601, LIMITED, 255, 128, 128, 255, 255, 255", // brighter than white
  })
  void write_yuvColours_areTheirRgb(
      ColorSpace.Matrix matrix,
      ColorSpace.Range range,
      int y,
      int u,
      int v,
      float red,
      float green,
      float blue) {
    ColorSpace space = new ColorSpace(matrix, range);
    byte[] luma = {(byte) y, (byte) y, (byte) y, (byte) y, (byte) u, (byte) v};
    Frame planar = Frame.of(info(2, 2, PixelFormat.I420, space), luma);
    Frame interleaved = Frame.of(info(2, 2, PixelFormat.NV12, space), luma);

    for (Frame frame : List.of(planar, interleaved)) {
      float[] values = write(frame, LEVELS.withSize(1, 1));
      assertThat(values).containsExactly(new float[] {red, green, blue}, within(1.5f));
    }
  }

  @Test
  void write_greySource_isGreyInEveryChannel() {
    ColorSpace full = new ColorSpace(ColorSpace.Matrix.BT601, ColorSpace.Range.FULL);
    Frame frame = Frame.of(info(1, 1, PixelFormat.GRAY8, full), new byte[] {77});

    assertThat(write(frame, LEVELS.withSize(1, 1))).containsExactly(77, 77, 77);
  }

  @Test
  void write_greyTarget_isTheLumaOfTheColour() {
    ImageSpec grey = LEVELS.withSize(1, 1).withColor(ChannelOrder.GRAY, Normalization.NONE);

    assertThat(write(rgb(1, 1, 255, 0, 0), grey))
        .containsExactly(new float[] {0.299f * 255}, within(0.01f));
  }

  @Test
  void write_oddSizedChroma_reachesTheLastColumn() {
    // 3x1 luma has two chroma columns: grey, then strong red.
    byte[] pixels = {(byte) 128, (byte) 128, (byte) 128, (byte) 128, (byte) 128, (byte) 128, -16};
    ColorSpace full = new ColorSpace(ColorSpace.Matrix.BT601, ColorSpace.Range.FULL);
    Frame frame = Frame.of(info(3, 1, PixelFormat.I420, full), pixels);

    float[] values = write(frame, LEVELS.withSize(3, 1));

    assertThat(values[0]).isEqualTo(128, within(0.5f));
    assertThat(values[2]).isGreaterThan(200);
  }
}
