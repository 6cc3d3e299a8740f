package io.videoml.inference;

import static io.videoml.inference.FakeEngine.floats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.inference.head.ModelFamily;
import io.videoml.tensor.ChannelOrder;
import io.videoml.tensor.ElementType;
import io.videoml.tensor.Fit;
import io.videoml.tensor.ImageSpec;
import io.videoml.tensor.TensorLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which head {@link ModelFamily#AUTO} takes, from inputs and outputs as real models have them. */
class ModelFamilyTest {

  /** Reads {@code "input 1x3x64x64 -> a 1x2, b 1x3"}; {@code ?} is an open size. */
  private static ModelSetup setup(String text, Map<String, String> metadata) {
    String[] sides = text.split(" -> ");
    ModelInfo model = new ModelInfo("some.onnx", specs(sides[0]), specs(sides[1]), metadata);
    return new ModelSetup(model, Labels.inMetadata(metadata), Optional.empty());
  }

  private static List<TensorSpec> specs(String text) {
    return Arrays.stream(text.split(", ")).map(ModelFamilyTest::spec).toList();
  }

  private static TensorSpec spec(String text) {
    String[] parts = text.split(" ");
    return floats(
        parts[0],
        Arrays.stream(parts[1].split("x"))
            .mapToLong(size -> size.equals("?") ? TensorSpec.DYNAMIC : Long.parseLong(size))
            .toArray());
  }

  private static String headOf(ModelSetup setup) {
    return ModelFamily.AUTO.bind(setup).getClass().getSimpleName();
  }

  // The first ten are the detectors of the reference data.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "images ?x3x320x320, orig_target_sizes ?x2 -> labels ?, boxes ?x?, scores ? | DetrHead",
        "input.1 1x3x320x320 -> cls_pred_stride_8 1x1600x80, cls_pred_stride_16 1x400x80,"
            + " cls_pred_stride_32 1x100x80, dis_pred_stride_8 1x1600x32, dis_pred_stride_16"
            + " 1x400x32, dis_pred_stride_32 1x100x32 | NanoDetHead",
        "input 1x3x240x320 -> scores 1x4420x2, boxes 1x4420x4 | UltraFaceHead",
        "images 1x3x320x320 -> output0 1x84x2100 | YoloHead",
        "images 1x3x640x640 -> output0 1x25200x85 | YoloHead",
        "images 1x3x640x640 -> output0 1x84x8400 | YoloHead",
        "images 1x3x416x416 -> output 1x3549x85 | YoloxHead",
        "input 1x3x320x320 -> cls_8 1x1600x1, cls_16 1x400x1, cls_32 1x100x1, obj_8 1x1600x1,"
            + " obj_16 1x400x1, obj_32 1x100x1, bbox_8 1x1600x4, bbox_16 1x400x4, bbox_32"
            + " 1x100x4, kps_8 1x1600x10, kps_16 1x400x10, kps_32 1x100x10 | YuNetHead",
        "input ?x3x?x? -> cls_8 ?x?x1, cls_16 ?x?x1, cls_32 ?x?x1, obj_8 ?x?x1, obj_16 ?x?x1,"
            + " obj_32 ?x?x1, bbox_8 ?x?x4, bbox_16 ?x?x4, bbox_32 ?x?x4, kps_8 ?x?x10,"
            + " kps_16 ?x?x10, kps_32 ?x?x10 | YuNetHead",
        "images 1x3x640x640 -> output0 1x300x6 | EndToEndHead",
        "images 1x3x640x640 -> output0 1x8400x84 | YoloHead",
        "images ?x3x?x? -> output0 ?x84x? | YoloHead",
        "images 1x640x640x3 -> output0 1x25200x85 | YoloHead",
        "images ?x3x640x640 -> output ?x8400x85 | YoloxHead",
        "images 1x3x1280x1280 -> output0 1x102000x85 | YoloHead",
        "images ?x3x640x640 -> pred_logits ?x300x80, pred_boxes ?x300x4 | DetrQueryHead",
        "image_tensor:0 1x?x?x3 -> detection_boxes:0 1x100x4, detection_classes:0 1x100,"
            + " detection_scores:0 1x100, num_detections:0 1 | SsdHead",
        "images 1x3x300x300 -> boxes ?x4, labels ?, scores ? | SsdHead",
      })
  void auto_knownShapes_takesTheirHead(String shapes, String head) {
    assertThat(headOf(setup(shapes, Map.of()))).isEqualTo(head);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // One class: five numbers an anchor without an objectness, six with one.
        "images 1x3x640x640 -> output0 1x5x8400 | ['gun'] | YoloHead",
        "images 1x3x640x640 -> output0 1x8400x5 | ['gun'] | YoloHead",
        "images 1x3x640x640 -> output 1x8400x6 | ['gun'] | YoloxHead",
        "images 1x3x640x640 -> output0 1x25200x6 | ['gun'] | YoloHead",
        "images 1x3x640x640 -> output0 1x300x6 | ['gun'] | EndToEndHead",
        "images 1x3x640x640 -> output0 1x8400x6 | ['gun', 'knife'] | YoloHead",
      })
  void auto_sameShapesWithOtherClasses_goesByTheirNumber(String shapes, String names, String head) {
    assertThat(headOf(setup(shapes, Map.of("names", names)))).isEqualTo(head);
  }

  @Test
  void auto_openNumberOfAnchors_takesYolov5OnlyWithItsMetadata() {
    String shapes = "images ?x3x?x? -> output0 ?x?x85";

    assertThat(headOf(setup(shapes, Map.of("stride", "32")))).isEqualTo("YoloHead");
    assertThatThrownBy(() -> headOf(setup(shapes, Map.of("author", "somebody"))))
        .isInstanceOf(InferenceException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "input 1x3x128x128 -> output ?x2",
        "Input3 1x1x28x28 -> Plus214_Output_0 1x10",
        "data_0 1x3x224x224 -> softmaxout_1 1x1000x1x1",
        "images 1x3x256x128 -> output 1x512",
        "inputs:0 1x256x128x3 -> Identity:0 1x256",
        "image 1x3x224x224 -> tokens 1x197x768",
        "images 1x3x640x640 -> output 1x8400x7", // YOLOX of two classes, or YOLOv8 of three
      })
  void auto_noDetectorOrUndecided_throwsNamingShapesAndHeads(String shapes) {
    String outputs = shapes.split(" -> ")[1] + " float32";

    assertThatThrownBy(() -> headOf(setup(shapes, Map.of())))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("some.onnx")
        .hasMessageContaining("the outputs [" + outputs + "]; ")
        .hasMessageContaining(
            "[yolov5, yolov8, yolov10, yolox, nanodet, detr, ssd, ultraface, yunet]");
  }

  @Test
  void auto_poseModel_isNotTakenForADetector() {
    Map<String, String> pose = Map.of("task", "pose", "names", "{0: 'person'}");

    assertThatThrownBy(() -> headOf(setup("images 1x3x640x640 -> output0 1x56x8400", pose)))
        .isInstanceOf(InferenceException.class);
  }

  @Test
  void bind_headWithoutItsOutputs_throwsNamingWhatIsThere() {
    for (ModelFamily family : ModelFamily.values()) {
      ModelSetup classifier = setup("data 1x3x224x224 -> logits 1x1000", Map.of());

      assertThatThrownBy(() -> family.bind(classifier))
          .as(family.toString())
          .isInstanceOf(InferenceException.class)
          .hasMessageContaining("logits");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"data 1x512 -> out 1x10", "a 1x3x8x8, b 1x3x8x8 -> out 1x10"})
  void newSetup_noSinglePictureInput_throwsNamingTheInputs(String shapes) {
    assertThatThrownBy(() -> setup(shapes, Map.of()))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining(shapes.startsWith("data") ? "data" : "b 1x3");
  }

  @Test
  void named_anyCase_findsTheFamilyOrListsThem() {
    assertThat(ModelFamily.named("YoloV8")).isEqualTo(ModelFamily.YOLOV8);
    assertThat(ModelFamily.named("auto")).isEqualTo(ModelFamily.AUTO);
    assertThatThrownBy(() -> ModelFamily.named("yolo"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("yolov10, yolox");
  }

  private static ImageSpec input(
      String inputShape, Map<String, String> metadata, Optional<ModelSetup.InputSize> wanted) {
    ModelInfo model =
        new ModelInfo("some.onnx", specs(inputShape), specs("output0 ?x84x?"), metadata);
    return ModelFamily.YOLOV8.bind(new ModelSetup(model, Optional.empty(), wanted)).input();
  }

  @Test
  void input_openSize_isTheUsersThenTheMetadatasThenTheFamilys() {
    Map<String, String> imgsz = Map.of("imgsz", "[384, 640]"); // height first
    Optional<ModelSetup.InputSize> wanted = Optional.of(new ModelSetup.InputSize(320, 256));
    String open = "images ?x3x?x?";

    assertThat(input(open, imgsz, wanted)).isEqualTo(ImageSpec.letterboxed(320, 256));
    assertThat(input(open, imgsz, Optional.empty())).isEqualTo(ImageSpec.letterboxed(640, 384));
    assertThat(input(open, Map.of("imgsz", "320"), Optional.empty()))
        .isEqualTo(ImageSpec.letterboxed(320, 320));
    assertThat(input(open, Map.of(), Optional.empty())).isEqualTo(ImageSpec.letterboxed(640, 640));
  }

  @Test
  void input_sizeOffTheStride_throwsNamingBoth() {
    Optional<ModelSetup.InputSize> odd = Optional.of(new ModelSetup.InputSize(650, 640));
    Optional<ModelSetup.InputSize> thirds = Optional.of(new ModelSetup.InputSize(96, 96));

    assertThatThrownBy(() -> input("images ?x3x?x?", Map.of(), odd))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("650x640")
        .hasMessageContaining("32");
    assertThatThrownBy(() -> input("images ?x3x?x?", Map.of("stride", "64"), thirds))
        .hasMessageContaining("64");
  }

  @Test
  void input_fixedSizeAndAnotherWanted_throwsNamingBoth() {
    Optional<ModelSetup.InputSize> wanted = Optional.of(new ModelSetup.InputSize(320, 320));

    assertThatThrownBy(() -> input("images 1x3x640x640", Map.of(), wanted))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("640x640")
        .hasMessageContaining("320x320");
  }

  @Test
  void input_modelsOwnMemory_isTakenOver() {
    TensorSpec bytes =
        new TensorSpec("images", ElementType.UINT8, List.of(1L, 64L, 96L, 3L)); // height first
    ModelInfo model = new ModelInfo("some.onnx", List.of(bytes), specs("output0 1x84x?"), Map.of());
    ModelSetup setup = new ModelSetup(model, Optional.empty(), Optional.empty());

    assertThat(ModelFamily.YOLOV8.bind(setup).input())
        .isEqualTo(ImageSpec.letterboxed(96, 64).withMemory(ElementType.UINT8, TensorLayout.NHWC));
    assertThat(input("images 1x1x64x64", Map.of(), Optional.empty()).channels())
        .isEqualTo(ChannelOrder.GRAY);
  }

  @Test
  void input_typeThatHoldsNoPicture_throwsNamingIt() {
    TensorSpec longs = new TensorSpec("images", ElementType.INT64, List.of(1L, 3L, 64L, 64L));
    ModelInfo model = new ModelInfo("some.onnx", List.of(longs), specs("output0 1x84x?"), Map.of());
    ModelSetup setup = new ModelSetup(model, Optional.empty(), Optional.empty());

    assertThatThrownBy(() -> ModelFamily.YOLOV8.bind(setup))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("INT64");
  }

  @Test
  void input_yoloxFamily_isBgrInGreyLevelsAtTheTopLeft() {
    ImageSpec input =
        ModelFamily.AUTO.bind(setup("images 1x3x416x416 -> output 1x3549x85", Map.of())).input();

    assertThat(input.channels()).isEqualTo(ChannelOrder.BGR);
    assertThat(input.fit()).isEqualTo(Fit.LETTERBOX_TOP_LEFT);
    assertThat(input.normalization().scale(0)).isOne();
    assertThat(input.padding()).isEqualTo(114);
  }
}
