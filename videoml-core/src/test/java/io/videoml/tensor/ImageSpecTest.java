package io.videoml.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageSpecTest {
  private static final ImageSpec SPEC = ImageSpec.letterboxed(8, 4);

  @Test
  void bytes_halfPrecision_areTwoAnElement() {
    assertThat(SPEC.elements()).isEqualTo(8 * 4 * 3);
    assertThat(SPEC.withMemory(ElementType.FLOAT16, TensorLayout.NHWC).bytes())
        .isEqualTo(8 * 4 * 3 * 2);
  }

  @ParameterizedTest
  @EnumSource(names = {"INT8", "INT32", "INT64", "BOOL", "FLOAT64"})
  void withMemory_typeThatHoldsNoPicture_throwsNamingIt(ElementType type) {
    assertThatThrownBy(() -> SPEC.withMemory(type, TensorLayout.NCHW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(type.name());
  }

  @Test
  void withSize_zeroWidth_throwsNamingTheSize() {
    assertThatThrownBy(() -> SPEC.withSize(0, 4)).hasMessageContaining("0x4");
  }

  @Test
  void withFit_paddingBeyondGrey_throwsNamingIt() {
    assertThatThrownBy(() -> SPEC.withFit(Fit.STRETCH, 256)).hasMessageContaining("256");
  }

  @Test
  void withColor_oneMeanForThreeChannels_throws() {
    Normalization one = new Normalization(List.of(0f), List.of(1f));

    assertThatThrownBy(() -> SPEC.withColor(ChannelOrder.RGB, one)).hasMessageContaining("3 means");
  }

  @Test
  void normalization_zeroOrInfinite_throwsNamingIt() {
    assertThatThrownBy(() -> Normalization.uniform(0, 0)).hasMessageContaining("0.0");
    assertThatThrownBy(() -> Normalization.uniform(0, Float.POSITIVE_INFINITY))
        .hasMessageContaining("Infinity");
    assertThatThrownBy(() -> Normalization.uniform(Float.NaN, 1)).hasMessageContaining("NaN");
  }

  @Test
  void over_unsuitableBuffers_throw() {
    int bytes = SPEC.bytes();
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    List<ByteBuffer> unsuitable =
        List.of(
            ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder()),
            ByteBuffer.allocateDirect(bytes - 1).order(ByteOrder.nativeOrder()),
            direct.asReadOnlyBuffer().order(ByteOrder.nativeOrder()),
            direct.duplicate().order(opposite()));

    for (ByteBuffer buffer : unsuitable) {
      assertThatThrownBy(() -> ImageTensor.over(SPEC, buffer))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static ByteOrder opposite() {
    return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN
        ? ByteOrder.LITTLE_ENDIAN
        : ByteOrder.BIG_ENDIAN;
  }

  @Test
  void over_positionedBuffer_writesFromThere() {
    ByteBuffer batch = ByteBuffer.allocateDirect(2 * SPEC.bytes()).order(ByteOrder.nativeOrder());

    ImageTensor second = ImageTensor.over(SPEC, batch.position(SPEC.bytes()));
    second.data().putFloat(0, 7);

    assertThat(batch.getFloat(SPEC.bytes())).isEqualTo(7);
    assertThat(second.data().capacity()).isEqualTo(SPEC.bytes());
  }
}
