package io.videoml.inference.head;

import io.videoml.inference.Candidates;
import io.videoml.inference.ModelHead;
import io.videoml.inference.ModelSetup;
import io.videoml.inference.Tensor;
import io.videoml.inference.TensorSpec;
import io.videoml.tensor.ImageSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads boxes that the model has decoded itself, one for each anchor: centre, size, an objectness
 * in some models, then one probability for each class.
 *
 * <p>YOLOv5 lays an anchor's numbers side by side and multiplies class by objectness; YOLOv8 and
 * later have one row for each number and no objectness.
 */
final class YoloHead implements ModelHead {
  private static final int BOX = 4;
  private static final int BLOCK = 128;

  private final ModelSetup setup;
  private final ImageSpec input;
  private final int output;
  private final int classes;
  private final boolean objectness;
  private final boolean anchorMajor;

  private YoloHead(
      ModelSetup setup, int output, int classes, boolean objectness, boolean anchorMajor) {
    this.setup = setup;
    this.input = setup.input(ImageSpec.letterboxed(640, 640), 32);
    this.output = output;
    this.classes = classes;
    this.objectness = objectness;
    this.anchorMajor = anchorMajor;
    if (classes < 1) {
      throw setup.unfit("leaves no room for classes in " + setup.model().outputs().get(output));
    }
  }

  /** Three anchors a cell; where the number of cells is open, only the metadata can tell. */
  static boolean isV5(ModelSetup setup) {
    Optional<TensorSpec> rows = Outputs.rows(setup);
    if (rows.isEmpty() || rows.get().size(2) <= BOX + 1) {
      return false;
    }
    long anchors = rows.get().size(1);
    boolean ultralytics = setup.model().metadata().containsKey("stride");
    return anchors == TensorSpec.DYNAMIC
        ? ultralytics && rows.get().size(2) == BOX + 1 + Outputs.expectedClasses(setup)
        : Outputs.coversGrid(setup, anchors, 3);
  }

  /** One anchor a cell: as rows always, as columns only with a number of classes that says so. */
  static boolean isV8(ModelSetup setup) {
    Optional<TensorSpec> rows = Outputs.rows(setup);
    if (rows.isEmpty()
        || !setup.model().metadata().getOrDefault("task", "detect").equals("detect")) {
      return false;
    }
    TensorSpec shape = rows.get();
    boolean columns =
        shape.size(1) > BOX && (isOpen(shape, 2) || Outputs.coversGrid(setup, shape.size(2), 1));
    boolean transposed =
        shape.size(2) == BOX + Outputs.expectedClasses(setup)
            && (isOpen(shape, 1) || Outputs.coversGrid(setup, shape.size(1), 1));
    return columns || transposed;
  }

  private static boolean isOpen(TensorSpec shape, int axis) {
    return shape.size(axis) == TensorSpec.DYNAMIC;
  }

  static YoloHead v5(ModelSetup setup) {
    int output = Outputs.require(setup, "three axes", spec -> spec.rank() == 3);
    int numbers = (int) setup.model().outputs().get(output).size(2);
    return new YoloHead(setup, output, numbers - BOX - 1, true, true);
  }

  static YoloHead v8(ModelSetup setup) {
    int output = Outputs.require(setup, "three axes", spec -> spec.rank() == 3);
    TensorSpec shape = setup.model().outputs().get(output);
    boolean anchorMajor = numbersAxis(setup, shape) == 2;
    int numbers = (int) shape.size(anchorMajor ? 2 : 1);
    boolean objectness = numbers == BOX + 1 + Outputs.expectedClasses(setup);
    return new YoloHead(
        setup, output, numbers - BOX - (objectness ? 1 : 0), objectness, anchorMajor);
  }

  /** The axis whose size suits the number of classes, or else the shorter one that is not open. */
  private static int numbersAxis(ModelSetup setup, TensorSpec shape) {
    int expected = BOX + Outputs.expectedClasses(setup);
    for (int axis = 1; axis <= 2; axis++) {
      if (shape.size(axis) == expected || shape.size(axis) == expected + 1) {
        return axis;
      }
    }
    if (isOpen(shape, 1) && isOpen(shape, 2)) {
      throw setup.unfit("does not say which axis of " + shape + " holds the classes");
    }
    boolean second = isOpen(shape, 1) || (!isOpen(shape, 2) && shape.size(2) < shape.size(1));
    return second ? 2 : 1;
  }

  @Override
  public ImageSpec input() {
    return input;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public boolean overlapping() {
    return true;
  }

  @Override
  public void decode(List<Tensor> outputs, int image, Candidates into) {
    Tensor numbers = outputs.get(output);
    int start = Outputs.start(setup, numbers, 2, image);
    if (anchorMajor) {
      decodeAnchors(numbers, start, into);
    } else {
      decodeRows(numbers, start, into);
    }
  }

  private void decodeAnchors(Tensor numbers, int start, Candidates into) {
    int stride = numbers.size(2);
    int skipped = objectness ? BOX + 1 : BOX;
    float[] scores = new float[classes];
    for (int anchor = 0, at = start; anchor < numbers.size(1); anchor++, at += stride) {
      float object = objectness ? numbers.get(at + BOX) : 1;
      if (object >= into.threshold()) { // no probability of a class is above 1
        numbers.read(at + skipped, scores, classes);
        int best = Outputs.best(scores);
        into.addCentered(
            numbers.get(at),
            numbers.get(at + 1),
            numbers.get(at + 2),
            numbers.get(at + 3),
            object * scores[best],
            best);
      }
    }
  }

  /** Goes through the rows a block of anchors at a time: rows are far apart in memory. */
  private void decodeRows(Tensor numbers, int start, Candidates into) {
    int anchors = numbers.size(2);
    float[] row = new float[BLOCK];
    float[] best = new float[BLOCK];
    int[] bestClass = new int[BLOCK];
    for (int block = 0; block < anchors; block += BLOCK) {
      int count = Math.min(BLOCK, anchors - block);
      int first = start + block;
      Arrays.fill(best, Float.NEGATIVE_INFINITY);
      int classRow = first + (objectness ? BOX + 1 : BOX) * anchors;
      for (int c = 0; c < classes; c++, classRow += anchors) {
        numbers.read(classRow, row, count);
        for (int i = 0; i < count; i++) {
          if (row[i] > best[i]) {
            best[i] = row[i];
            bestClass[i] = c;
          }
        }
      }
      for (int i = 0; i < count; i++) {
        float score = objectness ? best[i] * numbers.get(first + BOX * anchors + i) : best[i];
        if (score >= into.threshold()) {
          into.addCentered(
              numbers.get(first + i),
              numbers.get(first + anchors + i),
              numbers.get(first + 2 * anchors + i),
              numbers.get(first + 3 * anchors + i),
              score,
              bestClass[i]);
        }
      }
    }
  }
}
