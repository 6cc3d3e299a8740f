package io.videoml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.onnx.OnnxDetector;
import io.videoml.pipeline.CorruptFrames;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.RunResult;
import io.videoml.sampling.SamplingDecision;
import io.videoml.tensor.ImageSpec;
import io.videoml.tensor.Resampling;
import io.videoml.testkit.DetectionAgreement;
import io.videoml.testkit.RecordingSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * From video files to boxes through a whole pipeline, held against what other engines made of the
 * same.
 */
class ReferenceDetectionsTest {
  private static final Path DATA = Path.of(System.getProperty("videoml.shared", "none"), "data");

  /**
   * Quantised on pictures of OpenCV's, and in part by the range that each happens to have: an input
   * that is off by less than one grey level moves a confidence by more than 0.1.
   */
  private static final Set<String> SENSITIVE =
      Set.of("yolox_nano_416_qdqint8_derived", "deimv2_atto_320_dynint8");

  private static final UnaryOperator<ImageSpec> OPENCV =
      spec -> spec.withResampling(Resampling.OPENCV);

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
        "yunet_n_320_320",
        "deimv2_atto_320_dynint8"
      })
  void run_referenceVideos_findsTheReferenceBoxes(String model) throws IOException {
    JsonNode reference = json("reference/detections_" + model + ".json");
    float threshold = (float) reference.get("score_threshold").asDouble();
    float iou = (float) reference.at("/nms/iou").asDouble(0.45);
    DetectionAgreement agreement = new DetectionAgreement(threshold);
    for (Map.Entry<String, JsonNode> video : reference.get("videos").properties()) {
      Map<Long, List<Detection>> wanted = new TreeMap<>();
      video.getValue().forEach(frame -> wanted.put(frame.get("index").asLong(), objects(frame)));
      compare(agreement, video.getKey(), wanted, model, threshold, iou);
    }

    assertAgrees(model, agreement);
  }

  /** Every frame of a whole video; the reference rounds boxes to 0.1 pixel. */
  @ParameterizedTest
  @CsvSource({
    "vtest_480x360.mp4, 10",
    "one-by-one-person-detection.mp4, 10",
    "cars_768x768.h264, 5"
  })
  void run_wholeVideo_findsTheReferenceBoxes(String video, int every) throws IOException {
    Map<Long, List<Detection>> wanted = new TreeMap<>();
    for (String line :
        Files.readAllLines(data("reference/alldets_yolox_nano_416_" + video + ".csv"))) {
      if (Character.isDigit(line.charAt(0))) {
        String[] cell = line.split(",", -1);
        Box box = new Box(number(cell[3]), number(cell[4]), number(cell[5]), number(cell[6]));
        long index = Long.parseLong(cell[0]);
        if (index % every == 0) {
          wanted
              .computeIfAbsent(index, any -> new ArrayList<>())
              .add(new Detection(Integer.parseInt(cell[1]), "any", number(cell[2]), box));
        }
      }
    }
    DetectionAgreement agreement = new DetectionAgreement(0.25f);
    compare(agreement, "videos/" + video, wanted, "yolox_nano_416", 0.25f, 0.45f);

    assertAgrees(video, agreement);
  }

  private static void assertAgrees(String name, DetectionAgreement agreement) {
    System.out.println(name + ": " + agreement);
    assertThat(agreement.found()).as("%s: %s", name, agreement).isGreaterThanOrEqualTo(0.95);
    assertThat(agreement.extra()).as("%s: %s", name, agreement).isLessThanOrEqualTo(0.05);
  }

  private static void compare(
      DetectionAgreement agreement,
      String video,
      Map<Long, List<Detection>> wanted,
      String model,
      float threshold,
      float iou) {
    Set<Long> indices = new TreeSet<>(wanted.keySet());
    String file = data("models/" + model + ".onnx").toString();
    RecordingSink sink = new RecordingSink();
    RunResult end =
        Pipeline.named(video)
            .source(FfmpegSource.of(data(video)))
            .sample(
                () ->
                    frame ->
                        indices.contains(frame.info().index())
                            ? SamplingDecision.keep("reference")
                            : SamplingDecision.drop("no_reference"))
            .detect(
                model + threshold + iou,
                () ->
                    OnnxDetector.builder(file)
                        .confidence(threshold)
                        .iou(iou)
                        .preprocessing(SENSITIVE.contains(model) ? OPENCV : spec -> spec)
                        .build())
            .corruptFrames(CorruptFrames.DELIVER)
            .sink(() -> sink)
            .build()
            .run();

    assertThat(end).isInstanceOf(RunResult.Completed.class);
    assertThat(sink.indices()).containsExactlyElementsOf(indices);
    for (FrameResult result : sink.results()) {
      long index = result.frame().index();
      agreement.add(
          video + " frame " + index,
          wanted.getOrDefault(index, List.of()),
          result.detections().objects());
    }
  }

  private static List<Detection> objects(JsonNode frame) {
    List<Detection> objects = new ArrayList<>();
    for (JsonNode object : frame.get("detections")) {
      JsonNode edges = object.get("xyxy");
      objects.add(
          new Detection(
              object.get("class_id").asInt(),
              object.get("class").asText(),
              (float) object.get("score").asDouble(),
              new Box(
                  (float) edges.get(0).asDouble(),
                  (float) edges.get(1).asDouble(),
                  (float) edges.get(2).asDouble(),
                  (float) edges.get(3).asDouble())));
    }
    return objects;
  }

  private static float number(String cell) {
    return Float.parseFloat(cell);
  }

  private static JsonNode json(String path) throws IOException {
    return new ObjectMapper().readTree(data(path).toFile());
  }

  private static Path data(String path) {
    Path file = DATA.resolve(path);
    Assumptions.assumeTrue(Files.exists(file), "the shared data is not here: no " + path);
    return file;
  }
}
