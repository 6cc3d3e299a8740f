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
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * Reads boxes, labels and scores of a model that has suppressed overlaps itself. Labels count from
 * 1, 0 being the background; ids here count from 0 without it.
 *
 * <p>TensorFlow's order is top, left, bottom, right, as shares of the input, with pictures given in
 * grey levels. Torchvision's is left, top, right, bottom in pixels of the input, with pictures
 * given in 0 to 1; an output called {@code bboxes} has that order, but shares.
 */
final class SsdHead implements ModelHead {
  private static final Predicate<TensorSpec> TENSORFLOW_BOXES = Outputs.named("detection_boxes");
  private static final Predicate<TensorSpec> SHARES = Outputs.named("bboxes");
  private static final Predicate<TensorSpec> BOXES =
      Outputs.named("detection_boxes", "boxes", "bboxes");
  private static final Predicate<TensorSpec> LABELS =
      Outputs.named("detection_classes", "labels", "classes");
  private static final Predicate<TensorSpec> SCORES = Outputs.named("detection_scores", "scores");
  private static final Predicate<TensorSpec> COUNT = Outputs.named("num_detections", "num");

  /** COCO as these models count it: 80 classes spread over 90 ids. */
  private static final int COCO_IDS = 90;

  private final ModelSetup setup;
  private final ImageSpec input;
  private final int boxes;
  private final int labels;
  private final int scores;
  private final OptionalInt count;
  private final boolean tensorflow;
  private final boolean shares;

  SsdHead(ModelSetup setup) {
    this.setup = setup;
    this.boxes = Outputs.require(setup, "the name boxes", BOXES);
    this.labels = Outputs.require(setup, "the name labels", LABELS);
    this.scores = Outputs.require(setup, "the name scores", SCORES);
    this.count = Outputs.only(setup, COUNT);
    TensorSpec spec = setup.model().outputs().get(boxes);
    this.tensorflow = TENSORFLOW_BOXES.test(spec);
    this.shares = tensorflow || SHARES.test(spec);
    this.input =
        setup.input(
            ImageSpec.letterboxed(300, 300)
                .withFit(Fit.STRETCH, 0)
                .withColor(ChannelOrder.RGB, tensorflow ? Normalization.NONE : Normalization.UNIT),
            1);
  }

  /** Names alone: the shapes of such outputs say nothing. */
  static boolean fits(ModelSetup setup) {
    return setup.model().inputs().size() == 1
        && Outputs.only(setup, BOXES).isPresent()
        && Outputs.only(setup, LABELS).isPresent()
        && Outputs.only(setup, SCORES).isPresent();
  }

  @Override
  public ImageSpec input() {
    return input;
  }

  @Override
  public int classes() {
    return setup.classes().orElse(COCO_IDS); // the outputs do not tell
  }

  @Override
  public boolean overlapping() {
    return false;
  }

  @Override
  public void decode(List<Tensor> outputs, int image, Candidates into) {
    Tensor box = outputs.get(boxes);
    Tensor label = outputs.get(labels);
    Tensor score = outputs.get(scores);
    int boxStart = Outputs.start(setup, box, 2, image);
    int labelStart = Outputs.start(setup, label, 1, image);
    int scoreStart = Outputs.start(setup, score, 1, image);
    int found = score.size(-1);
    if (count.isPresent()) {
      found = Math.min(found, (int) outputs.get(count.getAsInt()).get(image));
    }
    float xScale = shares ? input.width() : 1;
    float yScale = shares ? input.height() : 1;
    int x = tensorflow ? 1 : 0;
    for (int i = 0; i < found; i++) {
      int at = boxStart + 4 * i;
      int id = (int) label.get(labelStart + i) - 1;
      if (id >= 0) {
        into.add(
            box.get(at + x) * xScale,
            box.get(at + 1 - x) * yScale,
            box.get(at + 2 + x) * xScale,
            box.get(at + 3 - x) * yScale,
            score.get(scoreStart + i),
            id);
      }
    }
  }
}
