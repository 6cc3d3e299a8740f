package io.videoml.inference;

import static io.videoml.inference.FakeEngine.floats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.videoml.inference.head.ModelFamily;
import io.videoml.tensor.ImageSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tiny outputs of every family, whose boxes a reader can work out. */
class ModelHeadsTest {
  private static final float LN2 = (float) Math.log(2);

  /** Binds a head to a model with these outputs; two classes are known to be in it. */
  private static ModelHead bind(ModelFamily family, int width, int height, Tensor... outputs) {
    List<TensorSpec> specs =
        Arrays.stream(outputs)
            .map(
                output ->
                    floats(
                        output.name(),
                        IntStream.range(0, output.rank()).mapToLong(output::size).toArray()))
            .toList();
    ModelInfo model = FakeEngine.model(floats("images", 1, 3, height, width), specs);
    Optional<Labels> labels = Optional.of(new Labels(List.of("cat", "cow")));
    return family.bind(new ModelSetup(model, labels, Optional.empty()));
  }

  private record Found(float x1, float y1, float x2, float y2, float score, int classId) {}

  private static List<Found> decode(ModelHead head, int image, Tensor... outputs) {
    Candidates boxes = new Candidates(0.25f);
    head.decode(List.of(outputs), image, boxes);
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < boxes.size(); i++) {
      found.add(
          new Found(
              boxes.x1(i),
              boxes.y1(i),
              boxes.x2(i),
              boxes.y2(i),
              boxes.score(i),
              boxes.classId(i)));
    }
    return found;
  }

  private static List<Found> decode(ModelFamily family, Tensor... outputs) {
    return decode(bind(family, 64, 64, outputs), 0, outputs);
  }

  @Test
  void yolov5_anchors_scoreIsObjectnessTimesTheBestClass() {
    float[] numbers = {
      10, 20, 4, 6, 0.5f, 0.2f, 0.8f, //
      10, 20, 4, 6, 0.2f, 1, 1, // objectness too low
      10, 20, 4, 6, 0.5f, 0.1f, 0.4f, // product too low
    };

    assertThat(decode(ModelFamily.YOLOV5, Tensor.of("output0", numbers, 1, 3, 7)))
        .containsExactly(new Found(8, 17, 12, 23, 0.4f, 1));
  }

  @Test
  void yolov8_rows_bestClassOfEachColumn() {
    float[] numbers = {
      10, 30, 50, //
      20, 20, 20, //
      4, 4, 4, //
      6, 6, 6, //
      0.9f, 0.1f, 0.1f, //
      0.3f, 0.7f, 0.2f,
    };

    assertThat(decode(ModelFamily.YOLOV8, Tensor.of("output0", numbers, 1, 6, 3)))
        .containsExactly(new Found(8, 17, 12, 23, 0.9f, 0), new Found(28, 17, 32, 23, 0.7f, 1));
  }

  @Test
  void yolov8_leadingObjectness_isMultipliedIn() {
    float[] numbers = {10, 20, 4, 6, 0.5f, 0.2f, 0.8f};

    assertThat(decode(ModelFamily.YOLOV8, Tensor.of("output0", numbers, 1, 7, 1)))
        .containsExactly(new Found(8, 17, 12, 23, 0.4f, 1));
  }

  @Test
  void yolov8_transposed_isReadByColumns() {
    float[] numbers = {10, 20, 4, 6, 0.9f, 0.3f, 30, 20, 4, 6, 0.1f, 0.7f};

    assertThat(decode(ModelFamily.YOLOV8, Tensor.of("output0", numbers, 1, 2, 6)))
        .containsExactly(new Found(8, 17, 12, 23, 0.9f, 0), new Found(28, 17, 32, 23, 0.7f, 1));
  }

  @Test
  void yolov8_manyAnchorsAndPictures_findsTheLastOfTheSecond() {
    int anchors = 300;
    float[] numbers = new float[2 * 6 * anchors];
    float[] box = {10, 20, 4, 6, 0.1f, 0.5f};
    for (int row = 0; row < 6; row++) {
      numbers[(6 + row) * anchors + anchors - 1] = box[row];
    }
    Tensor output = Tensor.of("output0", numbers, 2, 6, anchors);
    ModelHead head = bind(ModelFamily.YOLOV8, 64, 64, output);

    assertThat(decode(head, 0, output)).isEmpty();
    assertThat(decode(head, 1, output)).containsExactly(new Found(8, 17, 12, 23, 0.5f, 1));
  }

  @Test
  void yolov10_rows_areFinishedBoxes() {
    float[] numbers = {1, 2, 3, 4, 0.9f, 1, 5, 6, 7, 8, 0.2f, 0};
    Tensor output = Tensor.of("output0", numbers, 1, 2, 6);

    assertThat(decode(ModelFamily.YOLOV10, output)).containsExactly(new Found(1, 2, 3, 4, 0.9f, 1));
    assertThat(bind(ModelFamily.YOLOV10, 64, 64, output).overlapping()).isFalse();
  }

  @Test
  void yolox_cells_areOffsetsAndLogarithmsInStrides() {
    // 64x32: 8x4 cells of stride 8, then 4x2 of stride 16, then 2x1 of stride 32.
    float[] numbers = new float[(32 + 8 + 2) * 7];
    float[] fine = {0.5f, 0.25f, LN2, 0, 0.5f, 0.8f, 0.1f};
    System.arraycopy(fine, 0, numbers, 7 * (8 + 2), 7); // row 1, column 2
    float[] coarse = {0, 0, 0, 0, 1, 0, 0.9f};
    System.arraycopy(coarse, 0, numbers, 7 * (32 + 4 + 3), 7); // row 1, column 3
    Tensor output = Tensor.of("output", numbers, 1, 42, 7);

    assertThat(decode(bind(ModelFamily.YOLOX, 64, 32, output), 0, output))
        .containsExactly(
            new Found(12, 6, 28, 14, 0.4f, 0), // centre 2.5 * 8, 1.25 * 8, size 2 * 8, 1 * 8
            new Found(40, 8, 56, 24, 0.9f, 1)); // centre 3 * 16, 1 * 16, size 16, 16
  }

  @Test
  void yolox_numberOfCellsThatTheInputHasNot_throwsNamingBoth() {
    Tensor output = Tensor.of("output", new float[41 * 7], 1, 41, 7);

    assertThatThrownBy(() -> bind(ModelFamily.YOLOX, 64, 32, output))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("42")
        .hasMessageContaining("41");
  }

  @Test
  void nanodet_distributions_areMeansOfBinsInStrides() {
    // Stride 8 has 64 cells and stride 32 has 4; three bins a side.
    float[] classes = new float[64 * 2];
    classes[2 * 10 + 1] = 0.6f; // row 1, column 2: middle at 2 * 8 + 3.5, 8 + 3.5
    float[] sides = new float[64 * 12];
    float[] sure = {0, 90, 0, 90, 0, 0, 0, 0, 90, 1, 1, 1}; // 1, 0, 2, and the mean of 0, 1, 2
    System.arraycopy(sure, 0, sides, 12 * 10, 12);
    float[] coarse = new float[4 * 2];
    coarse[2 * 3] = 0.3f; // row 1, column 1: middle at 32 + 15.5
    Tensor[] outputs = {
      Tensor.of("cls_a", classes, 1, 64, 2),
      Tensor.of("cls_b", coarse, 1, 4, 2),
      Tensor.of("dis_a", sides, 1, 64, 12),
      Tensor.of("dis_b", new float[4 * 12], 1, 4, 12), // all equal: one stride to each side
    };

    assertThat(decode(ModelFamily.NANODET, outputs))
        .containsExactly(
            new Found(11.5f, 11.5f, 35.5f, 19.5f, 0.6f, 1),
            new Found(15.5f, 15.5f, 79.5f, 79.5f, 0.3f, 0));
  }

  @Test
  void nanodet_cellsOfNoStride_throwsNamingThem() {
    Tensor[] outputs = {
      Tensor.of("cls", new float[63 * 2], 1, 63, 2), Tensor.of("dis", new float[63 * 4], 1, 63, 4)
    };

    assertThatThrownBy(() -> decode(ModelFamily.NANODET, outputs))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("63");
  }

  @Test
  void detr_withAndWithoutBatchAxis_isReadAlike() {
    float[] labels = {1, 0};
    float[] boxes = {1, 2, 3, 4, 5, 6, 7, 8};
    float[] scores = {0.9f, 0.1f};

    List<Found> squeezed =
        decode(
            ModelFamily.DETR,
            Tensor.of("labels", labels, 2),
            Tensor.of("boxes", boxes, 2, 4),
            Tensor.of("scores", scores, 2));
    List<Found> whole =
        decode(
            ModelFamily.DETR,
            Tensor.of("labels", labels, 1, 2),
            Tensor.of("boxes", boxes, 1, 2, 4),
            Tensor.of("scores", scores, 1, 2));

    assertThat(squeezed).containsExactly(new Found(1, 2, 3, 4, 0.9f, 1)).isEqualTo(whole);
  }

  @Test
  void detr_secondPictureWithoutBatchAxis_throwsNamingTheOutput() {
    Tensor[] outputs = {
      Tensor.of("labels", new float[2], 2),
      Tensor.of("boxes", new float[8], 2, 4),
      Tensor.of("scores", new float[2], 2)
    };
    ModelHead head = bind(ModelFamily.DETR, 64, 64, outputs);

    assertThatThrownBy(() -> decode(head, 1, outputs))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("labels FLOAT32[2]");
  }

  @Test
  void detr_logitsAndCentres_areSigmoidsAndSharesOfTheInput() {
    Tensor[] outputs = {
      Tensor.of("pred_logits", new float[] {-9, 0, -9, -9}, 1, 2, 2),
      Tensor.of("pred_boxes", new float[] {0.5f, 0.5f, 0.25f, 0.5f, 0, 0, 1, 1}, 1, 2, 4)
    };

    assertThat(decode(ModelFamily.DETR, outputs))
        .containsExactly(new Found(24, 16, 40, 48, 0.5f, 1));
  }

  @Test
  void ssd_tensorflowOutputs_areTopLeftFirstSharesAndCountFromOne() {
    Tensor[] outputs = {
      Tensor.of("detection_boxes:0", new float[] {0.25f, 0.5f, 0.75f, 1, 0, 0, 1, 1}, 1, 2, 4),
      Tensor.of("detection_classes:0", new float[] {2, 1}, 1, 2),
      Tensor.of("detection_scores:0", new float[] {0.9f, 0.8f}, 1, 2),
      Tensor.of("num_detections:0", new float[] {1}, 1)
    };

    assertThat(decode(ModelFamily.SSD, outputs))
        .containsExactly(new Found(32, 16, 64, 48, 0.9f, 1));
  }

  @Test
  void ssd_torchvisionOutputs_arePixels() {
    Tensor[] outputs = {
      Tensor.of("boxes", new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 4),
      Tensor.of("labels", new float[] {1, /* background: */ 0}, 2),
      Tensor.of("scores", new float[] {0.9f, 0.8f}, 2)
    };

    assertThat(decode(ModelFamily.SSD, outputs)).containsExactly(new Found(1, 2, 3, 4, 0.9f, 0));
  }

  @Test
  void ssd_bboxes_areSharesLeftFirst() {
    Tensor[] outputs = {
      Tensor.of("bboxes", new float[] {0.25f, 0.5f, 0.75f, 1}, 1, 1, 4),
      Tensor.of("labels", new float[] {1}, 1, 1),
      Tensor.of("scores", new float[] {0.9f}, 1, 1)
    };

    assertThat(decode(ModelFamily.SSD, outputs))
        .containsExactly(new Found(16, 32, 48, 64, 0.9f, 0));
  }

  @Test
  void ultraface_secondScore_isTheFace() {
    Tensor[] outputs = {
      Tensor.of("scores", new float[] {0.1f, 0.9f, 0.9f, 0.1f}, 1, 2, 2),
      Tensor.of("boxes", new float[] {0.25f, 0.5f, 0.75f, 1, 0, 0, 1, 1}, 1, 2, 4)
    };
    List<TensorSpec> specs = List.of(floats("scores", 1, 2, 2), floats("boxes", 1, 2, 4));
    ModelInfo model = FakeEngine.model(floats("input", 1, 3, 64, 64), specs);
    ModelHead head =
        ModelFamily.ULTRAFACE.bind(new ModelSetup(model, Optional.empty(), Optional.empty()));

    assertThat(decode(head, 0, outputs)).containsExactly(new Found(16, 32, 48, 64, 0.9f, 0));
    assertThat(head.labels()).containsExactly("face");
  }

  @Test
  void yunet_cells_scoreIsTheProductAndBoxesAreAsYolox() {
    List<Tensor> outputs = new ArrayList<>();
    for (String name : List.of("cls", "obj", "bbox")) {
      for (int stride : new int[] {8, 16, 32}) {
        int cells = (64 / stride) * (64 / stride);
        int numbers = name.equals("bbox") ? 4 : 1;
        float[] values = new float[cells * numbers];
        if (stride == 16 && name.equals("bbox")) {
          System.arraycopy(new float[] {0.5f, 0.25f, LN2, 0}, 0, values, 4 * 6, 4);
        } else if (stride == 16) {
          values[6] = name.equals("cls") ? 0.8f : 0.5f; // row 1, column 2
        }
        outputs.add(Tensor.of(name + "_" + stride, values, 1, cells, numbers));
      }
    }

    List<Found> found = decode(ModelFamily.YUNET, outputs.toArray(Tensor[]::new));

    assertThat(found).hasSize(1);
    assertThat(found.get(0).score()).isEqualTo(0.4f, within(1e-6f));
    // Centre 2.5 * 16, 1.25 * 16, size 2 * 16, 1 * 16.
    assertThat(found.get(0).x1()).isEqualTo(24, within(1e-4f));
    assertThat(found.get(0).y1()).isEqualTo(12, within(1e-4f));
    assertThat(found.get(0).x2()).isEqualTo(56, within(1e-4f));
    assertThat(found.get(0).y2()).isEqualTo(28, within(1e-4f));
  }

  @Test
  void bind_ownHead_needsNoMoreThanOneSmallClass() {
    HeadFactory brightest = Brightest::new;
    Tensor peak = Tensor.of("peak", new float[] {10, 20, 0.5f}, 1, 3);
    ModelInfo model =
        FakeEngine.model(floats("images", 1, 3, 64, 64), List.of(floats("peak", 1, 3)));

    ModelHead head = brightest.bind(new ModelSetup(model, Optional.empty(), Optional.empty()));

    assertThat(decode(head, 0, peak))
        .containsExactly(new Found(9.5f, 19.5f, 10.5f, 20.5f, 0.5f, 0));
    assertThat(head.constants()).isEmpty();
    assertThat(head.labels()).isEmpty();
  }

  /** Reads one point with a score. */
  private record Brightest(ImageSpec input) implements ModelHead {
    Brightest(ModelSetup setup) {
      this(setup.input(ImageSpec.letterboxed(64, 64), 32));
    }

    @Override
    public int classes() {
      return 1;
    }

    @Override
    public boolean overlapping() {
      return false;
    }

    @Override
    public void decode(List<Tensor> outputs, int image, Candidates into) {
      Tensor peak = outputs.get(0);
      into.addCentered(peak.get(0), peak.get(1), 1, 1, peak.get(2), 0);
    }
  }
}
