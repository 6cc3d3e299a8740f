package io.videoml.inference.head;

import io.videoml.inference.Candidates;
import io.videoml.inference.ModelHead;
import io.videoml.inference.ModelSetup;
import io.videoml.inference.Tensor;
import io.videoml.inference.TensorSpec;
import io.videoml.tensor.ImageSpec;
import java.util.List;

/**
 * Reads models that give a fixed number of finished boxes, as YOLOv10: corners in pixels of the
 * input, score and class of each.
 */
final class EndToEndHead implements ModelHead {
  private static final int NUMBERS = 6;

  /** The most boxes that {@link ModelFamily#AUTO} takes for finished ones; anchors are more. */
  private static final int MOST = 1000;

  private final ModelSetup setup;
  private final ImageSpec input;
  private final int output;

  EndToEndHead(ModelSetup setup) {
    this.setup = setup;
    this.input = setup.input(ImageSpec.letterboxed(640, 640), 32);
    this.output =
        Outputs.require(
            setup, "the shape N×boxes×6", spec -> spec.rank() == 3 && spec.size(2) == NUMBERS);
  }

  static boolean fits(ModelSetup setup) {
    return Outputs.rows(setup)
        .filter(rows -> rows.size(2) == NUMBERS)
        .map(rows -> rows.size(1))
        .filter(boxes -> boxes != TensorSpec.DYNAMIC && boxes <= MOST)
        .filter(
            boxes -> !Outputs.coversGrid(setup, boxes, 1) && !Outputs.coversGrid(setup, boxes, 3))
        .isPresent();
  }

  @Override
  public ImageSpec input() {
    return input;
  }

  @Override
  public int classes() {
    return Outputs.expectedClasses(setup); // the output does not tell
  }

  @Override
  public boolean overlapping() {
    return false;
  }

  @Override
  public void decode(List<Tensor> outputs, int image, Candidates into) {
    Tensor boxes = outputs.get(output);
    int start = Outputs.start(setup, boxes, 2, image);
    float[] box = new float[NUMBERS];
    for (int i = 0; i < boxes.size(1); i++) {
      boxes.read(start + NUMBERS * i, box, NUMBERS);
      into.add(box[0], box[1], box[2], box[3], box[4], (int) box[5]);
    }
  }
}
