package io.videoml.inference.head;

import io.videoml.inference.Candidates;
import io.videoml.inference.ModelHead;
import io.videoml.inference.ModelSetup;
import io.videoml.inference.Tensor;
import io.videoml.inference.TensorSpec;
import io.videoml.tensor.ImageSpec;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads DETR models that are exported without their last step: a logit for each query and class,
 * whose sigmoid is the score, and each query's centre and size as shares of the input.
 */
final class DetrQueryHead implements ModelHead {
  private static final Predicate<TensorSpec> LOGITS = Outputs.named("pred_logits", "logits");
  private static final Predicate<TensorSpec> BOXES = Outputs.named("pred_boxes");

  private final ModelSetup setup;
  private final ImageSpec input;
  private final int logits;
  private final int boxes;
  private final int classes;

  DetrQueryHead(ModelSetup setup) {
    this.setup = setup;
    this.input = DetrHead.stretched(setup);
    this.logits = Outputs.require(setup, "the name pred_logits", LOGITS);
    this.boxes = Outputs.require(setup, "the name pred_boxes", BOXES);
    this.classes = (int) setup.model().outputs().get(logits).size(-1);
    if (classes < 1) {
      throw setup.unfit("does not say its classes: " + setup.model().outputs().get(logits));
    }
  }

  static boolean fits(ModelSetup setup) {
    return Outputs.only(setup, LOGITS).isPresent() && Outputs.only(setup, BOXES).isPresent();
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
    return false;
  }

  @Override
  public void decode(List<Tensor> outputs, int image, Candidates into) {
    Tensor logit = outputs.get(logits);
    Tensor box = outputs.get(boxes);
    int logitStart = Outputs.start(setup, logit, 2, image);
    int boxStart = Outputs.start(setup, box, 2, image);
    float[] row = new float[classes];
    for (int query = 0; query < logit.size(-2); query++) {
      logit.read(logitStart + query * classes, row, classes);
      int best = Outputs.best(row);
      int at = boxStart + 4 * query;
      into.addCentered(
          box.get(at) * input.width(),
          box.get(at + 1) * input.height(),
          box.get(at + 2) * input.width(),
          box.get(at + 3) * input.height(),
          (float) (1 / (1 + Math.exp(-row[best]))),
          best);
    }
  }
}
