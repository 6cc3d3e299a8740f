package io.videoml.inference.head;

import io.videoml.inference.Candidates;
import io.videoml.inference.ModelHead;
import io.videoml.inference.ModelSetup;
import io.videoml.inference.Tensor;
import io.videoml.inference.TensorSpec;
import io.videoml.tensor.ChannelOrder;
import io.videoml.tensor.Fit;
import io.videoml.tensor.ImageSpec;
import io.videoml.tensor.Normalization;
import java.util.List;

/**
 * Reads one raw prediction for each cell of the grids of stride 8, 16 and 32, row by row: the
 * centre as an offset from the cell in units of the stride, the logarithm of the size in units of
 * the stride, objectness, and one probability for each class.
 */
final class YoloxHead implements ModelHead {
  private static final int BOX = 4;
  private static final int[] STRIDES = {8, 16, 32};

  private final ModelSetup setup;
  private final ImageSpec input;
  private final int output;
  private final int classes;

  YoloxHead(ModelSetup setup) {
    this.setup = setup;
    this.input =
        setup.input(
            ImageSpec.letterboxed(640, 640)
                .withFit(Fit.LETTERBOX_TOP_LEFT, 114)
                .withColor(ChannelOrder.BGR, Normalization.NONE),
            32);
    this.output = Outputs.require(setup, "three axes", spec -> spec.rank() == 3);
    TensorSpec shape = setup.model().outputs().get(output);
    this.classes = (int) shape.size(2) - BOX - 1;
    int cells = 0;
    for (int stride : STRIDES) {
      cells += Outputs.cells(input.width(), input.height(), stride);
    }
    if (classes < 1 || (shape.size(1) != TensorSpec.DYNAMIC && shape.size(1) != cells)) {
      throw setup.unfit("needs an output N×" + cells + "×(5+classes), has " + shape);
    }
  }

  /** One anchor a cell and objectness; with an unknown number of classes YOLOv8 looks the same. */
  static boolean fits(ModelSetup setup) {
    return Outputs.rows(setup)
        .filter(rows -> rows.size(2) == BOX + 1 + Outputs.expectedClasses(setup))
        .filter(rows -> Outputs.coversGrid(setup, rows.size(1), 1))
        .isPresent();
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
    float[] scores = new float[classes];
    int at = Outputs.start(setup, numbers, 2, image);
    for (int stride : STRIDES) {
      int columns = Outputs.ceilDiv(input.width(), stride);
      int rows = Outputs.ceilDiv(input.height(), stride);
      for (int cell = 0; cell < rows * columns; cell++, at += BOX + 1 + classes) {
        float object = numbers.get(at + BOX);
        if (object >= into.threshold()) { // no probability of a class is above 1
          numbers.read(at + BOX + 1, scores, classes);
          int best = Outputs.best(scores);
          int row = cell / columns;
          int column = cell % columns;
          into.addCentered(
              (numbers.get(at) + column) * stride,
              (numbers.get(at + 1) + row) * stride,
              (float) Math.exp(numbers.get(at + 2)) * stride,
              (float) Math.exp(numbers.get(at + 3)) * stride,
              object * scores[best],
              best);
        }
      }
    }
  }
}
