package io.videoml.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.inference.InferenceContext;
import io.videoml.inference.InferenceEngine;
import io.videoml.inference.InferenceException;
import io.videoml.inference.Tensor;
import io.videoml.inference.TensorSpec;
import io.videoml.tensor.ElementType;
import io.videoml.tensor.Float16;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxEngineTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("model.onnx");
  }

  static Stream<Arguments> types() {
    return Stream.of(
        Arguments.of(OnnxWriter.FLOAT, ElementType.FLOAT32),
        Arguments.of(OnnxWriter.FLOAT16, ElementType.FLOAT16),
        Arguments.of(OnnxWriter.DOUBLE, ElementType.FLOAT64),
        Arguments.of(OnnxWriter.UINT8, ElementType.UINT8),
        Arguments.of(OnnxWriter.INT8, ElementType.INT8),
        Arguments.of(OnnxWriter.INT32, ElementType.INT32),
        Arguments.of(OnnxWriter.INT64, ElementType.INT64),
        Arguments.of(OnnxWriter.BOOL, ElementType.BOOL));
  }

  @ParameterizedTest
  @MethodSource("types")
  void run_everyType_returnsWhatWentIn(int onnxType, ElementType type) {
    TestModels.identity(file, onnxType, 1, 2);

    try (InferenceEngine engine = TestModels.open(file);
        InferenceContext context = engine.prepare(List.of(new long[] {1, 2}))) {
      put(context.input(0), type, 0, 1);
      put(context.input(0), type, 1, 0);

      Tensor output = context.run().get(0);

      assertThat(engine.model().inputs())
          .containsExactly(new TensorSpec("x", type, List.of(1L, 2L)));
      assertThat(output.type()).isEqualTo(type);
      assertThat(values(output)).containsExactly(1, 0);
    }
  }

  private static void put(ByteBuffer input, ElementType type, int index, int value) {
    int at = index * type.bytes();
    switch (type) {
      case FLOAT32 -> input.putFloat(at, value);
      case FLOAT16 -> input.putShort(at, Float16.fromFloat(value));
      case FLOAT64 -> input.putDouble(at, value);
      case UINT8, INT8, BOOL -> input.put(at, (byte) value);
      case INT32 -> input.putInt(at, value);
      case INT64 -> input.putLong(at, value);
    }
  }

  @Test
  void run_openSizes_writesStraightToTheSameMemoryFromTheSecondCallOn() {
    TestModels.identity(file, OnnxWriter.FLOAT, "batch", 2);

    try (InferenceEngine engine = TestModels.open(file);
        InferenceContext context = engine.prepare(List.of(new long[] {2, 2}))) {
      Tensor first = run(context, 1, 2, 3, 4);
      Tensor second = run(context, 5, 6, 7, 8);
      Tensor third = run(context, 9, 10, 11, 12);

      assertThat(values(first)).containsExactly(1, 2, 3, 4);
      assertThat(third).isSameAs(second);
      assertThat(values(third)).containsExactly(9, 10, 11, 12);
      assertThat(engine.model().inputs().get(0).shape()).containsExactly(TensorSpec.DYNAMIC, 2L);
    }
  }

  @Test
  void run_fixedSizes_writesStraightToTheSameMemory() {
    TestModels.identity(file, OnnxWriter.FLOAT, 1, 2);

    try (InferenceEngine engine = TestModels.open(file);
        InferenceContext context = engine.prepare(List.of(new long[] {1, 2}))) {
      assertThat(run(context, 1, 2)).isSameAs(run(context, 3, 4));
    }
  }

  @Test
  void run_outputSizeDependsOnTheData_isRightAtEveryCall() {
    TestModels.nonZero(file);

    try (InferenceEngine engine = TestModels.open(file);
        InferenceContext context = engine.prepare(List.of(new long[] {1, 4}))) {
      assertThat(columns(context, 0, 7, 0, 7)).containsExactly(1, 3);
      assertThat(columns(context, 7, 0, 7, 0)).containsExactly(0, 2);
      assertThat(columns(context, 7, 7, 7, 0)).containsExactly(0, 1, 2);
      assertThat(columns(context, 0, 0, 0, 0)).isEmpty();
      assertThat(columns(context, 0, 0, 0, 7)).containsExactly(3);
      assertThat(values(context.run().get(0))).containsExactly(0, 0, 0, 7);
    }
  }

  static float[] columns(InferenceContext context, float... input) {
    context.input(0).asFloatBuffer().put(input);
    Tensor found = context.run().get(1);
    float[] rowsThenColumns = values(found);
    int count = found.size(1);
    float[] columns = new float[count];
    System.arraycopy(rowsThenColumns, count, columns, 0, count);
    return columns;
  }

  @Test
  void run_nothingFoundFirst_isRightAtEveryCall() {
    TestModels.nonZero(file);

    try (InferenceEngine engine = TestModels.open(file);
        InferenceContext context = engine.prepare(List.of(new long[] {1, 4}))) {
      assertThat(columns(context, 0, 0, 0, 0)).isEmpty();
      assertThat(columns(context, 0, 5, 0, 0)).containsExactly(1);
      assertThat(columns(context, 5, 5, 0, 0)).containsExactly(0, 1);
    }
  }

  static Stream<List<long[]>> misfits() {
    return Stream.of(
        List.of(),
        List.of(new long[] {1, 3, 8}),
        List.of(new long[] {1, 3, 8, 8, 1}),
        List.of(new long[] {1, 4, 8, 8}),
        List.of(new long[] {0, 3, 8, 8}),
        List.of(new long[] {-1, 3, 8, 8}),
        List.of(new long[] {1, 3, 8, 8}, new long[] {1}));
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void prepare_shapesThatDoNotFit_throwsNamingBoth(List<long[]> shapes) {
    TestModels.identity(file, OnnxWriter.FLOAT, "batch", 3, 8, 8);

    try (InferenceEngine engine = TestModels.open(file)) {
      assertThatThrownBy(() -> engine.prepare(shapes))
          .isInstanceOf(InferenceException.class)
          .hasMessageContaining("model.onnx")
          .hasMessageContaining("x[-1, 3, 8, 8]");
    }
  }

  @Test
  void prepare_tooLargeForOneBuffer_throwsNamingTheSize() {
    TestModels.identity(file, OnnxWriter.FLOAT, "batch", 1024, 1024);

    try (InferenceEngine engine = TestModels.open(file)) {
      assertThatThrownBy(() -> engine.prepare(List.of(new long[] {1024, 1024, 1024})))
          .isInstanceOf(InferenceException.class)
          .hasMessageContaining("1024, 1024, 1024");
    }
  }

  @Test
  void run_modelFails_throwsAndTheContextStaysUsable() {
    new OnnxWriter()
        .input("x", OnnxWriter.INT64, 1)
        .output("y", OnnxWriter.FLOAT, 1)
        .constant("table", new long[] {2}, 10, 20)
        .node("Gather", List.of("table", "x"), List.of("y"))
        .write(file);

    try (InferenceEngine engine = TestModels.open(file);
        InferenceContext context = engine.prepare(List.of(new long[] {1}))) {
      context.input(0).putLong(0, 5);
      assertThatThrownBy(context::run)
          .isInstanceOf(InferenceException.class)
          .hasMessageContaining("out of data bounds");

      context.input(0).putLong(0, 1);
      assertThat(values(context.run().get(0))).containsExactly(20);
    }
  }

  @Test
  void run_afterClose_leavesEarlierOutputsReadable() {
    TestModels.identity(file, OnnxWriter.FLOAT, 1, 2);
    Tensor output;
    try (InferenceEngine engine = TestModels.open(file);
        InferenceContext context = engine.prepare(List.of(new long[] {1, 2}))) {
      output = run(context, 3, 4);
    }

    assertThat(values(output)).containsExactly(3, 4);
  }

  @Test
  void execution_byDefault_isTheProcessorAndNoFallback() {
    TestModels.identity(file, OnnxWriter.FLOAT, 1);

    try (InferenceEngine engine = TestModels.open(file)) {
      assertThat(engine.execution().requested()).isEqualTo("cpu");
      assertThat(engine.execution().active()).isEqualTo("cpu");
      assertThat(engine.execution().fallback()).isEmpty();
    }
  }

  @Test
  void model_withMetadata_tellsItAll() {
    TestModels.brightCells(file, "batch");

    try (InferenceEngine engine = TestModels.open(file)) {
      assertThat(engine.model().name()).isEqualTo("model.onnx");
      assertThat(engine.model().metadata()).containsEntry("names", "{0: 'light'}");
      assertThat(engine.model().outputs().get(0).shape())
          .containsExactly(TensorSpec.DYNAMIC, 5L, 64L);
    }
  }

  static Tensor run(InferenceContext context, float... input) {
    context.input(0).asFloatBuffer().put(input);
    return context.run().get(0);
  }

  static float[] values(Tensor tensor) {
    FloatBuffer floats = tensor.floats();
    float[] values = new float[floats.remaining()];
    floats.get(values);
    return values;
  }
}
