package io.videoml.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.tensor.ChannelOrder;
import io.videoml.tensor.Fit;
import io.videoml.tensor.ImageSpec;
import io.videoml.tensor.ImageTensor;
import io.videoml.tensor.Normalization;
import io.videoml.tensor.Resampling;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EightBitRowsTest {

  private static FrameInfo info(int width, int height, PixelFormat format, ColorSpace space) {
    FrameTime time = FrameTime.arrivingNow(Duration.ZERO);
    return new FrameInfo(0, width, height, format, space, time, true, false, 0);
  }

  private static float[] write(Frame frame, int width, int height, Resampling resampling) {
    ImageSpec spec =
        ImageSpec.letterboxed(width, height)
            .withFit(Fit.STRETCH, 0)
            .withColor(ChannelOrder.RGB, Normalization.NONE)
            .withResampling(resampling);
    ImageTensor target = ImageTensor.allocate(spec);
    frame.writeTo(target);
    float[] values = new float[spec.elements()];
    target.data().asFloatBuffer().get(values);
    return values;
  }

  private static Frame i420(ColorSpace space, int y, int u, int v) {
    byte[] pixels = {(byte) y, (byte) y, (byte) y, (byte) y, (byte) u, (byte) v};
    return Frame.of(info(2, 2, PixelFormat.I420, space), pixels);
  }

  @Test
  void row_limitedRange_cutsProductsOff() {
    // 1.164383 * (100 - 16) = 97.81; red: 1.596027 * 40 = 63.84; blue: 2.017232 * -28 = -56.48.
    float[] rgb = write(i420(ColorSpace.BT601_LIMITED, 100, 100, 168), 1, 1, Resampling.OPENCV);

    assertThat(rgb[0]).isEqualTo(97 + 63);
    assertThat(rgb[2]).isEqualTo(97 - 57);
  }

  @Test
  void row_bt709Stream_isReadAsBt601() {
    assertThat(write(i420(ColorSpace.BT709_LIMITED, 90, 70, 200), 2, 2, Resampling.OPENCV))
        .isEqualTo(write(i420(ColorSpace.BT601_LIMITED, 90, 70, 200), 2, 2, Resampling.OPENCV));
  }

  @Test
  void row_levelsBeyondBlackAndWhite_areClamped() {
    assertThat(write(i420(ColorSpace.BT601_LIMITED, 255, 128, 128), 1, 1, Resampling.OPENCV))
        .containsOnly(255);
    assertThat(write(i420(ColorSpace.BT601_LIMITED, 0, 128, 128), 1, 1, Resampling.OPENCV))
        .containsOnly(0);
  }

  @Test
  void row_between_cutsOffWhereSmoothDoesNot() {
    // A quarter of the way from 10 to 13 is 10.75, and from 10 to 12 is 10.5, which OpenCV rounds
    // up.
    byte[] pixels = {10, 10, 10, 13, 12, 10};
    Frame frame = Frame.of(info(2, 1, PixelFormat.RGB24, ColorSpace.BT601_LIMITED), pixels);

    float[] rgb = write(frame, 4, 1, Resampling.OPENCV);

    assertThat(rgb).containsExactly(10, 11, 12, 13, 10, 11, 12, 12, 10, 10, 10, 10);
  }

  @Property(tries = 200)
  void row_anySizeOfRgb_isWithinOneLevelOfSmooth(
      @ForAll @IntRange(min = 1, max = 40) int sourceWidth,
      @ForAll @IntRange(min = 1, max = 40) int sourceHeight,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll long seed) {
    byte[] pixels = new byte[3 * sourceWidth * sourceHeight];
    new Random(seed).nextBytes(pixels);
    FrameInfo info = info(sourceWidth, sourceHeight, PixelFormat.BGR24, ColorSpace.BT601_LIMITED);
    Frame frame = Frame.of(info, pixels);

    float[] eightBit = write(frame, width, height, Resampling.OPENCV);
    float[] smooth = write(frame, width, height, Resampling.BILINEAR);

    for (int i = 0; i < smooth.length; i++) {
      assertThat(eightBit[i]).isBetween(smooth[i] - 1, smooth[i] + 1);
    }
  }

  @Property(tries = 100)
  void row_nv12_isWhatI420Gives(
      @ForAll @IntRange(min = 1, max = 9) int width,
      @ForAll @IntRange(min = 1, max = 9) int height,
      @ForAll long seed) {
    Random random = new Random(seed);
    int columns = (width + 1) / 2;
    int rows = (height + 1) / 2;
    byte[] luma = new byte[width * height];
    byte[] u = new byte[columns * rows];
    byte[] v = new byte[columns * rows];
    random.nextBytes(luma);
    random.nextBytes(u);
    random.nextBytes(v);
    int stride = 2 * columns + 3;
    byte[] both = new byte[stride * rows];
    for (int i = 0; i < u.length; i++) {
      both[i / columns * stride + i % columns * 2] = u[i];
      both[i / columns * stride + i % columns * 2 + 1] = v[i];
    }
    Plane lumaPlane = new Plane(ByteBuffer.wrap(luma), width, width, height);
    Frame planar =
        Frame.of(
            info(width, height, PixelFormat.I420, ColorSpace.BT601_LIMITED),
            lumaPlane,
            new Plane(ByteBuffer.wrap(u), columns, columns, rows),
            new Plane(ByteBuffer.wrap(v), columns, columns, rows));
    Frame paired =
        Frame.of(
            info(width, height, PixelFormat.NV12, ColorSpace.BT601_LIMITED),
            lumaPlane,
            new Plane(ByteBuffer.wrap(both), stride, 2 * columns, rows));

    assertThat(write(paired, 5, 3, Resampling.OPENCV))
        .isEqualTo(write(planar, 5, 3, Resampling.OPENCV));
  }
}
