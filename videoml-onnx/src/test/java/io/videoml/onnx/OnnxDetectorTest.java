package io.videoml.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.detect.Detections;
import io.videoml.frame.OwnedFrame;
import io.videoml.inference.InferenceException;
import io.videoml.inference.Labels;
import io.videoml.inference.ModelDetector;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxDetectorTest {
  @TempDir Path directory;

  @Test
  void detect_litCells_findsThemWhereTheyAre() {
    Path model = TestModels.brightCells(directory.resolve("model.onnx"), 1);

    try (ModelDetector detector = TestModels.cells(model).build();
        OwnedFrame frame = BrightFrames.lit(2)) {
      List<Detection> found = detector.detect(frame).objects();

      assertThat(found)
          .extracting(Detection::box)
          .containsExactly(new Box(0, 0, 8, 8), new Box(16, 0, 24, 8));
      assertThat(found).extracting(Detection::label).containsOnly("light");
      assertThat(found.get(0).confidence()).isCloseTo(250 / 255f, within(1e-5f));
      assertThat(found.get(1).confidence()).isCloseTo(240 / 255f, within(1e-5f));
      assertThat(detector.execution().active()).isEqualTo("cpu");
    }
  }

  @Test
  void detect_largerFrame_givesBoxesInItsPixels() {
    Path model = TestModels.brightCells(directory.resolve("model.onnx"), 1);

    try (ModelDetector detector = TestModels.cells(model).confidence(0.2f).build();
        OwnedFrame frame = BrightFrames.lit(1, 128, 64)) {
      Detections found = detector.detect(frame);

      // Half as large and 16 rows down in the input, where it lights a quarter of a cell.
      assertThat(found.objects()).extracting(Detection::box).containsExactly(new Box(0, 0, 16, 16));
    }
  }

  @Test
  void detect_openBatch_isTheSameAsOneByOne() {
    Path model = TestModels.brightCells(directory.resolve("model.onnx"), "batch");
    List<OwnedFrame> frames = IntStream.range(0, 7).mapToObj(BrightFrames::lit).toList();

    try (ModelDetector detector = TestModels.cells(model).batch(4).build()) {
      assertThat(detector.maxBatch()).isEqualTo(4);
      assertThat(objects(detector.detect(frames)))
          .isEqualTo(frames.stream().map(frame -> detector.detect(frame).objects()).toList());
    }
  }

  @Test
  void detect_fixedBatchOfTwo_doesThreeFrames() {
    Path model = TestModels.brightCells(directory.resolve("model.onnx"), 2);
    List<OwnedFrame> frames = IntStream.range(0, 3).mapToObj(BrightFrames::lit).toList();

    try (ModelDetector detector = TestModels.cells(model).build()) {
      assertThat(objects(detector.detect(frames))).extracting(List::size).containsExactly(0, 1, 2);
    }
  }

  @Test
  void build_labelsThatDoNotFit_throwsAndLeavesNothingOpen() {
    Path model = TestModels.brightCells(directory.resolve("model.onnx"), 1);

    assertThatThrownBy(() -> TestModels.cells(model).labels(Labels.coco()).build())
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("80");
  }

  @Test
  void load_modelThatIsNoDetector_saysWhatItsOutputsAre() {
    Path model = TestModels.identity(directory.resolve("model.onnx"), OnnxWriter.FLOAT, 1, 3, 8, 8);

    assertThatThrownBy(() -> OnnxDetector.load(model))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("head");
  }

  @Test
  void load_wrongRank_saysWhatItTakes() {
    Path model = TestModels.identity(directory.resolve("model.onnx"), OnnxWriter.FLOAT, 1, 8);

    assertThatThrownBy(() -> OnnxDetector.load(model)).isInstanceOf(InferenceException.class);
  }

  @ParameterizedTest
  @CsvSource({"320, 320", "640, 384", "160, 96"})
  void detect_everySizeOpen_findsTheFaceAtEachSize(int width, int height) {
    Path model = Shared.file("models/yunet_n_dynamic.onnx");
    OwnedFrame frame = Shared.frame(Shared.picture("reference/frames/asl_book_face_f00030.png"));
    OwnedFrame other = Shared.frame(Shared.picture("reference/frames/asl_book_face_f00060.png"));

    try (ModelDetector detector =
        OnnxDetector.builder(model).inputSize(width, height).batch(2).confidence(0.5f).build()) {
      List<Detections> batch = detector.detect(List.of(frame, other));

      assertThat(objects(batch))
          .allSatisfy(found -> assertThat(found).hasSize(1))
          .isEqualTo(List.of(detector.detect(frame).objects(), detector.detect(other).objects()));
    }
  }

  @Test
  void detect_badlyQuantizedScores_areReportedAsOneAtMost() {
    Path model = Shared.file("models/yolo11n_320_qdqint8_badscores.onnx");
    OwnedFrame frame = Shared.frame(Shared.picture("reference/frames/cars_768x768_f00100.png"));

    try (ModelDetector detector = OnnxDetector.load(model)) {
      assertThat(detector.detect(frame).objects())
          .isNotEmpty()
          .allMatch(object -> object.confidence() == 1);
    }
  }

  private static List<List<Detection>> objects(List<Detections> detections) {
    return detections.stream().map(Detections::objects).toList();
  }
}
