package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.ImageToTensor;
import io.videoml.frame.OwnedFrame;
import io.videoml.frame.PixelFormat;
import io.videoml.frame.Plane;
import io.videoml.tensor.ChannelOrder;
import io.videoml.tensor.ElementType;
import io.videoml.tensor.Fit;
import io.videoml.tensor.ImageSpec;
import io.videoml.tensor.ImageTensor;
import io.videoml.tensor.Normalization;
import io.videoml.tensor.Placement;
import io.videoml.tensor.Resampling;
import io.videoml.tensor.TensorLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every {@link Frame} promises, and its owned handles. An implementation extends this, once
 * per pixel format it delivers, and says how to get a frame.
 */
public abstract class FrameContract {

  /** Returns a frame with a natural picture, at least 32 by 32 pixels; the contract closes it. */
  protected abstract OwnedFrame frame();

  /**
   * Returns by how many grey levels {@code writeTo} may differ from the portable writer on average.
   * Default: a quarter, which rounding to whole levels causes.
   */
  protected double meanTolerance() {
    return 0.25;
  }

  /** Returns by how many grey levels 99.9 % of the elements may differ at most. Default: 1. */
  protected double peakTolerance() {
    return 1;
  }

  @Test
  void plane_each_isReadOnlyAndLargeEnough() {
    try (OwnedFrame frame = frame()) {
      FrameInfo info = frame.info();
      PixelFormat format = info.format();
      for (int i = 0; i < format.planes(); i++) {
        Plane plane = frame.plane(i);
        assertThat(plane.data().isReadOnly()).isTrue();
        assertThat(plane.rowBytes()).isEqualTo(format.rowBytes(i, info.width()));
        assertThat(plane.rows()).isEqualTo(format.rows(i, info.height()));
        assertThat(plane.rowStride()).isGreaterThanOrEqualTo(plane.rowBytes());
        ByteBuffer data = plane.data();
        assertThatCode(
                () -> data.get((plane.rows() - 1) * plane.rowStride() + plane.rowBytes() - 1))
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void plane_thatThereIsNot_throws() {
    try (OwnedFrame frame = frame()) {
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> frame.plane(frame.info().format().planes()));
      assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> frame.plane(-1));
    }
  }

  @Test
  void share_ofOwned_isClosedOnItsOwn() {
    OwnedFrame frame = frame();
    byte[] pixels = Pixels.of(frame);
    OwnedFrame shared = frame.share();

    frame.close();

    assertThat(Pixels.of(shared)).isEqualTo(pixels);
    assertThat(shared.info()).isEqualTo(frame.info());
    assertThat(shared.position()).isEqualTo(frame.position());
    Bounded.run("close", shared::close);
    assertThatIllegalStateException().isThrownBy(() -> shared.plane(0));
  }

  @Test
  void everything_afterClose_throwsButTheInfoStays() {
    OwnedFrame frame = frame();
    frame.close();
    ImageTensor target = ImageTensor.allocate(ImageSpec.letterboxed(16, 16));

    assertThatIllegalStateException().isThrownBy(() -> frame.plane(0));
    assertThatIllegalStateException().isThrownBy(frame::share);
    assertThatIllegalStateException().isThrownBy(() -> frame.writeTo(target));
    assertThatIllegalStateException().isThrownBy(() -> Frame.copyOf(frame));
    assertThat(frame.info().width()).isPositive();
    assertThatCode(frame::position).doesNotThrowAnyException();
    assertThatCode(frame::close).doesNotThrowAnyException();
  }

  @Test
  void copyOf_frame_holdsTheSamePixelsOnItsOwn() {
    OwnedFrame frame = frame();
    byte[] pixels = Pixels.of(frame);
    try (OwnedFrame copy = Frame.copyOf(frame)) {
      frame.close();

      assertThat(Pixels.of(copy)).isEqualTo(pixels);
      assertThat(copy.position()).isEqualTo(frame.position());
    }
  }

  @TestFactory
  Stream<DynamicTest> writeTo_anyInput_equalsThePortableWriter() {
    return specs()
        .map(spec -> DynamicTest.dynamicTest(spec.toString(), () -> assertPortable(spec)));
  }

  private void assertPortable(ImageSpec spec) {
    try (OwnedFrame frame = frame()) {
      ImageTensor written = ImageTensor.allocate(spec);
      ImageTensor portable = ImageTensor.allocate(spec);

      Placement place = frame.writeTo(written);

      assertThat(place).isEqualTo(ImageToTensor.write(frame, portable));
      double[] differences = differences(written, portable);
      double mean = Arrays.stream(differences).average().orElseThrow();
      double peak = differences[(int) Math.ceil(differences.length * 0.999) - 1];
      assertThat(mean).as("mean difference in grey levels").isLessThanOrEqualTo(meanTolerance());
      assertThat(peak).as("99.9th percentile in grey levels").isLessThanOrEqualTo(peakTolerance());
    }
  }

  private static Stream<ImageSpec> specs() {
    ImageSpec plain = ImageSpec.letterboxed(48, 40);
    Normalization imageNet =
        new Normalization(List.of(123.675f, 116.28f, 103.53f), List.of(58.395f, 57.12f, 57.375f));
    return Stream.of(
        plain,
        plain.withSize(20, 64).withFit(Fit.LETTERBOX_TOP_LEFT, 0),
        plain.withFit(Fit.STRETCH, 114).withColor(ChannelOrder.BGR, Normalization.NONE),
        plain.withFit(Fit.LETTERBOX_CENTERED_TRUNCATED, 0).withColor(ChannelOrder.RGB, imageNet),
        plain.withMemory(ElementType.FLOAT32, TensorLayout.NHWC),
        plain.withMemory(ElementType.FLOAT16, TensorLayout.NCHW),
        plain.withMemory(ElementType.UINT8, TensorLayout.NHWC),
        plain.withMemory(ElementType.UINT8, TensorLayout.NCHW),
        plain.withColor(ChannelOrder.GRAY, Normalization.UNIT),
        plain.withResampling(Resampling.AREA),
        plain.withResampling(Resampling.OPENCV),
        plain.withSize(200, 160));
  }

  /** Returns all differences in grey levels, sorted. */
  private static double[] differences(ImageTensor written, ImageTensor portable) {
    double[] differences = new double[written.spec().elements()];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = Math.abs(GreyLevels.at(written, i) - GreyLevels.at(portable, i));
    }
    Arrays.sort(differences);
    return differences;
  }
}
