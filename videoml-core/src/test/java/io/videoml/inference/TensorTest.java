package io.videoml.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.tensor.ElementType;
import io.videoml.tensor.Float16;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TensorTest {

  @ParameterizedTest
  @EnumSource
  void get_everyType_isTheNumber(ElementType type) {
    ByteBuffer data = ByteBuffer.allocateDirect(2 * type.bytes()).order(ByteOrder.nativeOrder());
    switch (type) {
      case FLOAT32 -> data.putFloat(1).putFloat(0);
      case FLOAT16 -> data.putShort(Float16.fromFloat(1)).putShort((short) 0);
      case FLOAT64 -> data.putDouble(1).putDouble(0);
      case UINT8, INT8, BOOL -> data.put((byte) 1).put((byte) 0);
      case INT32 -> data.putInt(1).putInt(0);
      case INT64 -> data.putLong(1).putLong(0);
    }
    Tensor tensor = new Tensor("t", type, new long[] {2}, data.flip());
    float[] read = new float[3];

    tensor.read(0, read, 2);

    assertThat(tensor.get(0)).isOne();
    assertThat(read).containsExactly(1, 0, 0);
    FloatBuffer floats = tensor.floats();
    assertThat(floats.remaining()).isEqualTo(2);
    assertThat(floats.get(0)).isOne();
  }

  @Test
  void get_bytes_areSignedOrNotByTheirType() {
    ByteBuffer data = ByteBuffer.allocateDirect(1).put(0, (byte) 200);

    assertThat(new Tensor("t", ElementType.UINT8, new long[] {1}, data).get(0)).isEqualTo(200);
    assertThat(new Tensor("t", ElementType.INT8, new long[] {1}, data).get(0)).isEqualTo(-56);
  }

  @Test
  void size_negativeAxis_countsFromTheEnd() {
    Tensor tensor = Tensor.of("t", new float[6], 1, 2, 3);

    assertThat(tensor.size(-1)).isEqualTo(3);
    assertThat(tensor.size(1)).isEqualTo(2);
    assertThat(tensor.rank()).isEqualTo(3);
    assertThat(tensor).hasToString("t FLOAT32[1, 2, 3]");
  }

  @Test
  void newTensor_dataTooShort_throwsNamingBoth() {
    assertThatThrownBy(
            () ->
                new Tensor(
                    "t", ElementType.FLOAT32, new long[] {2, 2}, ByteBuffer.allocateDirect(12)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16 bytes")
        .hasMessageContaining("12");
  }

  @Test
  void newSpec_sizeBelowOpen_throws() {
    assertThatThrownBy(() -> new TensorSpec("t", ElementType.FLOAT32, List.of(1L, -2L)))
        .hasMessageContaining("[1, -2]");
    assertThat(new TensorSpec("t", ElementType.FLOAT32, List.of(1L, -1L)).fixed()).isFalse();
  }

  @Test
  void specToString_anyShape_isReadable() {
    assertThat(new TensorSpec("images", ElementType.FLOAT32, List.of(1L, 3L, -1L, -1L)))
        .hasToString("images 1x3x?x? float32");
    assertThat(new TensorSpec("count", ElementType.INT64, List.of())).hasToString("count int64");
  }
}
