package io.videoml.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.detect.Detections;
import io.videoml.detect.Detector;
import io.videoml.frame.OwnedFrame;
import io.videoml.tensor.Resampling;
import io.videoml.testkit.DetectionAgreement;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From pictures to boxes, held against what other engines and other code made of the same. */
class ReferenceDetectionsTest {
  private static final String DETR = "deimv2_atto_320_dynint8";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nanodet_m_320",
        "version-RFB-320",
        "yolov5n_640_fp32_derived",
        "yolov8n_640_dynint8",
        "yolox_nano_416",
        "yolox_nano_416_fp16_derived",
        "yolox_nano_416_qdqint8_derived",
        "yunet_n_320_320"
      })
  void detect_referenceFrames_findsTheReferenceBoxes(String model) {
    assertAgrees(model, null);
  }

  /**
   * This model's activations are quantised by the range that each picture happens to have: see the
   * next test. So its input is resized exactly as the reference's was.
   */
  @Test
  void detect_opencvInput_findsTheReferenceBoxesOfTheQuantizedDetr() {
    assertAgrees(DETR, Resampling.OPENCV);
  }

  /** Why the quantised DETR is not among the models of the first test. */
  @Test
  void detect_inputOffByLessThanOneGreyLevel_movesTheQuantizedDetrByMoreThanTheTolerance() {
    JsonNode reference = Shared.json("reference/detections_" + DETR + ".json");
    double most = 0;
    try (Detector smooth = detector(DETR, reference, Resampling.BILINEAR);
        Detector cut = detector(DETR, reference, Resampling.OPENCV)) {
      for (JsonNode video : reference.get("videos")) {
        for (JsonNode frame : video) {
          BufferedImage picture = Shared.picture(frame.get("png").asText());
          Detections others = detect(smooth, picture);
          for (Detection object : detect(cut, picture)) {
            most = Math.max(most, object.confidence() - confidenceAt(object, others));
          }
        }
      }
    }

    assertThat(most).isGreaterThan(0.1);
  }

  private static double confidenceAt(Detection wanted, Detections found) {
    return found.objects().stream()
        .filter(d -> d.classId() == wanted.classId() && d.box().iou(wanted.box()) >= 0.8)
        .mapToDouble(Detection::confidence)
        .max()
        .orElse(wanted.confidence()); // below the threshold: says nothing
  }

  /**
   * @param resampling null for the model's own
   */
  private static void assertAgrees(String model, @Nullable Resampling resampling) {
    JsonNode reference = Shared.json("reference/detections_" + model + ".json");
    DetectionAgreement agreement =
        new DetectionAgreement((float) reference.get("score_threshold").asDouble());
    try (Detector detector = detector(model, reference, resampling)) {
      for (JsonNode video : reference.get("videos")) {
        for (JsonNode frame : video) {
          String png = frame.get("png").asText();
          agreement.add(png, objects(frame), detect(detector, Shared.picture(png)).objects());
        }
      }
    }

    System.out.println(model + ": " + agreement);
    assertThat(agreement.found()).as("%s: %s", model, agreement).isGreaterThanOrEqualTo(0.95);
    assertThat(agreement.extra()).as("%s: %s", model, agreement).isLessThanOrEqualTo(0.05);
  }

  private static List<Detection> objects(JsonNode frame) {
    List<Detection> objects = new ArrayList<>();
    for (JsonNode object : frame.get("detections")) {
      JsonNode edges = object.get("xyxy");
      Box box =
          new Box(
              (float) edges.get(0).asDouble(),
              (float) edges.get(1).asDouble(),
              (float) edges.get(2).asDouble(),
              (float) edges.get(3).asDouble());
      float score = (float) object.get("score").asDouble();
      objects.add(
          new Detection(object.get("class_id").asInt(), object.get("class").asText(), score, box));
    }
    return objects;
  }

  private static Detector detector(
      String model, JsonNode reference, @Nullable Resampling resampling) {
    OnnxDetector.Builder builder =
        OnnxDetector.builder(Shared.file("models/" + model + ".onnx"))
            .confidence((float) reference.get("score_threshold").asDouble());
    if (reference.get("nms").isObject()) {
      builder.iou((float) reference.at("/nms/iou").asDouble());
    }
    if (resampling != null) {
      builder.preprocessing(spec -> spec.withResampling(resampling));
    }
    return builder.build();
  }

  private static Detections detect(Detector detector, BufferedImage picture) {
    try (OwnedFrame frame = Shared.frame(picture)) {
      return detector.detect(frame);
    }
  }
}
