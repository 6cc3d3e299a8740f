package io.videoml.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.videoml.detect.Detection;
import io.videoml.detect.Detections;
import io.videoml.frame.Frame;
import io.videoml.frame.PixelFormat;
import io.videoml.tensor.ImageSpec;
import io.videoml.tensor.TensorLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Preprocessing and heads against tensors that another engine's own tools made. */
@Tag("shared-data")
class ReferenceTensorsTest {
  /**
   * The files give edges rounded to 0.01 px, so half of that comes on top of the 0.01 px allowed.
   */
  private static final float EDGE_TOLERANCE = 0.01f + 0.005f;

  private static final float SCORE_TOLERANCE = 1e-4f;

  @ParameterizedTest
  @CsvSource({
    "nanodet_m_320, vtest_480x360, 100, .mp4",
    "version-RFB-320, people_crowd_faces, 100, .mp4",
    "yolox_nano_416, vtest_480x360, 100, .mp4",
  })
  void detect_referenceFrameAndOutput_givesReferenceInputAndBoxes(
      String model, String video, int index, String suffix) throws IOException {
    String tensors = "tensors/" + model + "_" + video + "_f%05d".formatted(index);
    JsonNode description = SharedData.json(tensors + ".json");
    JsonNode reference = SharedData.json("detections_" + model + ".json");
    FakeEngine engine = engine(tensors, description);
    float[] expectedInput = SharedData.floats(tensors + "_input.f32");

    for (PixelFormat format : List.of(PixelFormat.BGR24, PixelFormat.RGB24)) {
      Frame frame = SharedData.frame("frames/" + video + "_f%05d.png".formatted(index), format);
      try (ModelDetector detector = detector(engine, reference)) {
        Detections found = detector.detect(frame);

        assertWithinOneGreyLevel(engine, detector.input(), expectedInput);
        assertSameObjects(found, frame(reference, "videos/" + video + suffix, index));
      }
      engine = engine(tensors, description);
    }
  }

  private static FakeEngine engine(String tensors, JsonNode description) throws IOException {
    List<TensorSpec> specs = new ArrayList<>();
    List<Tensor> outputs = new ArrayList<>();
    for (var entry : description.get("shapes").properties()) {
      long[] shape = new long[entry.getValue().size()];
      for (int axis = 0; axis < shape.length; axis++) {
        shape[axis] = entry.getValue().get(axis).asLong();
      }
      specs.add(FakeEngine.floats(entry.getKey(), shape));
      if (!entry.getKey().equals("input")) {
        float[] values = SharedData.floats(tensors + "_" + entry.getKey() + ".f32");
        outputs.add(Tensor.of(entry.getKey(), values, shape));
      }
    }
    ModelInfo model = FakeEngine.model(specs.get(0), specs.subList(1, specs.size()));
    return new FakeEngine(model, context -> outputs);
  }

  private static ModelDetector detector(FakeEngine engine, JsonNode reference) {
    return ModelDetector.builder(engine)
        .confidence((float) reference.get("score_threshold").asDouble())
        .iou((float) reference.get("nms").get("iou").asDouble())
        .build();
  }

  private static JsonNode frame(JsonNode reference, String video, int index) {
    for (JsonNode frame : reference.get("videos").get(video)) {
      if (frame.get("index").asInt() == index) {
        return frame;
      }
    }
    throw new AssertionError(video + " has no frame " + index);
  }

  private static void assertWithinOneGreyLevel(
      FakeEngine engine, ImageSpec spec, float[] expected) {
    assertThat(spec.layout()).isEqualTo(TensorLayout.NCHW);
    ByteBuffer input = engine.contexts.get(0).input(0);
    FloatBuffer actual = input.asFloatBuffer();
    assertThat(actual.remaining()).isEqualTo(expected.length);
    int plane = spec.width() * spec.height();
    int apart = 0;
    for (int i = 0; i < expected.length; i++) {
      float greyLevel = spec.normalization().scale(i / plane);
      if (!(Math.abs(actual.get(i) - expected[i]) <= greyLevel * 1.0001f)) {
        apart++;
      }
    }
    assertThat(apart).isLessThanOrEqualTo(expected.length / 1000);
  }

  private static void assertSameObjects(Detections found, JsonNode frame) {
    JsonNode expected = frame.get("detections");
    assertThat(found.size()).isEqualTo(expected.size()).isPositive();
    for (int i = 0; i < expected.size(); i++) {
      JsonNode object = expected.get(i);
      Detection detection = found.objects().get(i);
      assertThat(detection.classId()).isEqualTo(object.get("class_id").asInt());
      assertThat(detection.label()).isEqualTo(object.get("class").asText());
      assertThat(detection.confidence())
          .isEqualTo((float) object.get("score").asDouble(), within(SCORE_TOLERANCE));
      float[] edges = {
        detection.box().x1(), detection.box().y1(), detection.box().x2(), detection.box().y2()
      };
      for (int edge = 0; edge < 4; edge++) {
        assertThat(edges[edge])
            .as("edge %d of %s", edge, detection)
            .isEqualTo((float) object.get("xyxy").get(edge).asDouble(), within(EDGE_TOLERANCE));
      }
    }
  }
}
