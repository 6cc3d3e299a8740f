package io.videoml.inference.head;

import io.videoml.inference.Candidates;
import io.videoml.inference.Labels;
import io.videoml.inference.ModelHead;
import io.videoml.inference.ModelSetup;
import io.videoml.inference.Tensor;
import io.videoml.inference.TensorSpec;
import io.videoml.tensor.Fit;
import io.videoml.tensor.ImageSpec;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Reads the labels, boxes and scores that RT-DETR, D-FINE and DEIM export.
 *
 * <p>Such models scale their boxes to a size that is their second input. They are given the size of
 * the model input, width first, so that boxes come out in its pixels as those of every other model.
 */
final class DetrHead implements ModelHead {
  private static final String SIZES = "orig_target_sizes";
  private static final Predicate<TensorSpec> LABELS = Outputs.named("labels");
  private static final Predicate<TensorSpec> BOXES = Outputs.named("boxes");
  private static final Predicate<TensorSpec> SCORES = Outputs.named("scores");

  private final ModelSetup setup;
  private final ImageSpec input;
  private final int labels;
  private final int boxes;
  private final int scores;

  private DetrHead(ModelSetup setup) {
    this.setup = setup;
    this.input = stretched(setup);
    this.labels = Outputs.require(setup, "the name labels", LABELS);
    this.boxes = Outputs.require(setup, "the name boxes", BOXES);
    this.scores = Outputs.require(setup, "the name scores", SCORES);
  }

  static ImageSpec stretched(ModelSetup setup) {
    return setup.input(ImageSpec.letterboxed(640, 640).withFit(Fit.STRETCH, 0), 32);
  }

  /** Labels, boxes and scores alone might be any model with its suppression inside. */
  static boolean fits(ModelSetup setup) {
    return DetrQueryHead.fits(setup)
        || (setup.model().inputs().stream().anyMatch(spec -> spec.name().equals(SIZES))
            && Outputs.only(setup, LABELS).isPresent()
            && Outputs.only(setup, BOXES).isPresent()
            && Outputs.only(setup, SCORES).isPresent());
  }

  static ModelHead bind(ModelSetup setup) {
    return DetrQueryHead.fits(setup) ? new DetrQueryHead(setup) : new DetrHead(setup);
  }

  @Override
  public ImageSpec input() {
    return input;
  }

  @Override
  public int classes() {
    return Outputs.expectedClasses(setup); // the outputs do not tell
  }

  /** The family's released weights know COCO, and its exporters write no names. */
  @Override
  public List<String> labels() {
    return Labels.coco().names();
  }

  @Override
  public boolean overlapping() {
    return false;
  }

  @Override
  public Map<String, List<Long>> constants() {
    return Map.of(SIZES, List.of((long) input.width(), (long) input.height()));
  }

  @Override
  public void decode(List<Tensor> outputs, int image, Candidates into) {
    Tensor label = outputs.get(labels);
    Tensor box = outputs.get(boxes);
    Tensor score = outputs.get(scores);
    int labelStart = Outputs.start(setup, label, 1, image);
    int boxStart = Outputs.start(setup, box, 2, image);
    int scoreStart = Outputs.start(setup, score, 1, image);
    float[] corners = new float[4];
    for (int i = 0; i < score.size(-1); i++) {
      box.read(boxStart + 4 * i, corners, 4);
      into.add(
          corners[0],
          corners[1],
          corners[2],
          corners[3],
          score.get(scoreStart + i),
          (int) label.get(labelStart + i));
    }
  }
}
