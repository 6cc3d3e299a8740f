package io.videoml.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.videoml.frame.OwnedFrame;
import io.videoml.inference.InferenceContext;
import io.videoml.inference.InferenceEngine;
import io.videoml.tensor.ChannelOrder;
import io.videoml.tensor.ElementType;
import io.videoml.tensor.Fit;
import io.videoml.tensor.ImageSpec;
import io.videoml.tensor.ImageTensor;
import io.videoml.tensor.Normalization;
import io.videoml.tensor.TensorLayout;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that are no detectors, as raw tensors. */
class ReferenceVectorsTest {
  private static final Normalization IMAGENET =
      new Normalization(
          List.of(255 * 0.485f, 255 * 0.456f, 255 * 0.406f),
          List.of(255 * 0.229f, 255 * 0.224f, 255 * 0.225f));

  @ParameterizedTest
  @ValueSource(strings = {"mnist-8", "light_squeezenet"})
  void run_rampAsInput_givesTheReferenceOutput(String model) {
    JsonNode item = Shared.json("reference/vectors_" + model + ".json").at("/items/0");

    try (InferenceEngine engine = TestModels.open(Shared.file("models/" + model + ".onnx"));
        InferenceContext context = engine.prepare(List.of(shape(engine, 1)))) {
      FloatBuffer input = context.input(0).asFloatBuffer();
      for (int i = 0; i < input.limit(); i++) {
        input.put(i, i % 251 / 250f);
      }

      assertClose(OnnxEngineTest.values(context.run().get(0)), item, 1e-4);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "face_antispoof_128",
        "osnet_x0_25_msmt17_b1",
        "person-reidentification-retail-0288_nhwc"
      })
  void run_cropsOfFrames_givesTheReferenceVectors(String model) {
    JsonNode items = Shared.json("reference/vectors_" + model + ".json").get("items");

    try (InferenceEngine engine = TestModels.open(Shared.file("models/" + model + ".onnx"));
        InferenceContext context = engine.prepare(List.of(shape(engine, 1)))) {
      ImageTensor input = ImageTensor.over(spec(model), context.input(0));
      for (JsonNode item : items) {
        write(item, input);

        float[] output = OnnxEngineTest.values(context.run().get(0));

        assertThat(cosine(output, vector(item))).as("cosine").isGreaterThan(0.999);
      }
    }
  }

  private static ImageSpec spec(String model) {
    ImageSpec person = ImageSpec.letterboxed(128, 256).withFit(Fit.STRETCH, 0);
    return switch (model) {
      case "face_antispoof_128" -> person.withSize(128, 128);
      case "osnet_x0_25_msmt17_b1" -> person.withColor(ChannelOrder.RGB, IMAGENET);
      default ->
          person
              .withMemory(ElementType.FLOAT32, TensorLayout.NHWC)
              .withColor(ChannelOrder.BGR, Normalization.NONE);
    };
  }

  private static void write(JsonNode item, ImageTensor input) {
    JsonNode crop = item.get("crop_xyxy_int");
    try (OwnedFrame frame =
        Shared.frame(
            Shared.picture(item.get("png").asText()),
            crop.get(0).asInt(),
            crop.get(1).asInt(),
            crop.get(2).asInt(),
            crop.get(3).asInt())) {
      frame.writeTo(input);
    }
  }

  private static long[] shape(InferenceEngine engine, long open) {
    return engine.model().inputs().get(0).shape().stream()
        .mapToLong(s -> s < 0 ? open : s)
        .toArray();
  }

  private static void assertClose(float[] actual, JsonNode item, double tolerance) {
    double[] expected = vector(item);
    assertThat(actual).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i]).as("element %d", i).isCloseTo(expected[i], within(tolerance));
    }
  }

  private static double[] vector(JsonNode item) {
    double[] values = new double[item.get("output").size()];
    Arrays.setAll(values, i -> item.get("output").get(i).asDouble());
    return values;
  }

  private static double cosine(float[] a, double[] b) {
    assertThat(a).hasSize(b.length);
    double product = 0;
    double squareA = 0;
    double squareB = 0;
    for (int i = 0; i < b.length; i++) {
      product += a[i] * b[i];
      squareA += a[i] * a[i];
      squareB += b[i] * b[i];
    }
    return product / Math.sqrt(squareA * squareB);
  }
}
