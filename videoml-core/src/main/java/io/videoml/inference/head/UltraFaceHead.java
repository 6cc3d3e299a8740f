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
 * Reads faces of the Ultra-Light-Fast detector: for each anchor the probabilities of background and
 * face, and the corners of a decoded box as shares of the input.
 */
final class UltraFaceHead implements ModelHead {
  private final ModelSetup setup;
  private final ImageSpec input;
  private final int scores;
  private final int boxes;

  UltraFaceHead(ModelSetup setup) {
    this.setup = setup;
    this.input =
        setup.input(
            ImageSpec.letterboxed(320, 240)
                .withFit(Fit.STRETCH, 0)
                .withColor(ChannelOrder.RGB, Normalization.uniform(127, 128)),
            1);
    this.scores = Outputs.require(setup, "the shape N×anchors×2", UltraFaceHead::isScores);
    this.boxes = Outputs.require(setup, "the shape N×anchors×4", UltraFaceHead::isBoxes);
  }

  static boolean fits(ModelSetup setup) {
    return setup.model().outputs().size() == 2
        && !DetrQueryHead.fits(setup)
        && Outputs.only(setup, UltraFaceHead::isScores).isPresent()
        && Outputs.only(setup, UltraFaceHead::isBoxes).isPresent();
  }

  private static boolean isScores(TensorSpec spec) {
    return spec.rank() == 3 && spec.size(2) == 2;
  }

  private static boolean isBoxes(TensorSpec spec) {
    return spec.rank() == 3 && spec.size(2) == 4;
  }

  @Override
  public ImageSpec input() {
    return input;
  }

  @Override
  public int classes() {
    return 1;
  }

  @Override
  public List<String> labels() {
    return List.of("face");
  }

  @Override
  public boolean overlapping() {
    return true;
  }

  @Override
  public void decode(List<Tensor> outputs, int image, Candidates into) {
    Tensor score = outputs.get(scores);
    Tensor box = outputs.get(boxes);
    int scoreStart = Outputs.start(setup, score, 2, image);
    int boxStart = Outputs.start(setup, box, 2, image);
    for (int anchor = 0; anchor < score.size(1); anchor++) {
      float face = score.get(scoreStart + 2 * anchor + 1);
      if (face >= into.threshold()) {
        int at = boxStart + 4 * anchor;
        into.add(
            box.get(at) * input.width(),
            box.get(at + 1) * input.height(),
            box.get(at + 2) * input.width(),
            box.get(at + 3) * input.height(),
            face,
            0);
      }
    }
  }
}
