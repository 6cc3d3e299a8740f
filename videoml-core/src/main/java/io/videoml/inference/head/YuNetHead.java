package io.videoml.inference.head;

import io.videoml.inference.Candidates;
import io.videoml.inference.ModelHead;
import io.videoml.inference.ModelSetup;
import io.videoml.inference.Tensor;
import io.videoml.tensor.ChannelOrder;
import io.videoml.tensor.Fit;
import io.videoml.tensor.ImageSpec;
import io.videoml.tensor.Normalization;
import java.util.Arrays;
import java.util.List;

/**
 * Reads YuNet's faces: for each cell of the grids of stride 8, 16 and 32 a class and an objectness,
 * whose product is the score, and a box as YOLOX has it. Landmarks are not read.
 *
 * <p>The product is what the model's training code scores with. OpenCV takes its square root: a
 * threshold of 0.9 there is 0.81 here.
 */
final class YuNetHead implements ModelHead {
  private static final int[] STRIDES = {8, 16, 32};

  private final ModelSetup setup;
  private final ImageSpec input;
  private final int[] classOutputs;
  private final int[] objectOutputs;
  private final int[] boxOutputs;

  YuNetHead(ModelSetup setup) {
    this.setup = setup;
    this.input =
        setup.input(
            ImageSpec.letterboxed(640, 640)
                .withFit(Fit.LETTERBOX_TOP_LEFT, 0)
                .withColor(ChannelOrder.BGR, Normalization.NONE),
            32);
    this.classOutputs = outputs(setup, "cls_");
    this.objectOutputs = outputs(setup, "obj_");
    this.boxOutputs = outputs(setup, "bbox_");
  }

  private static int[] outputs(ModelSetup setup, String prefix) {
    return Arrays.stream(STRIDES)
        .mapToObj(stride -> prefix + stride)
        .mapToInt(name -> Outputs.require(setup, "the name " + name, Outputs.named(name)))
        .toArray();
  }

  static boolean fits(ModelSetup setup) {
    return Outputs.only(setup, Outputs.named("cls_8")).isPresent()
        && Outputs.only(setup, Outputs.named("obj_8")).isPresent()
        && Outputs.only(setup, Outputs.named("bbox_8")).isPresent();
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
    for (int i = 0; i < STRIDES.length; i++) {
      Tensor classes = outputs.get(classOutputs[i]);
      Tensor objects = outputs.get(objectOutputs[i]);
      Tensor boxes = outputs.get(boxOutputs[i]);
      int classStart = Outputs.start(setup, classes, 2, image);
      int objectStart = Outputs.start(setup, objects, 2, image);
      int boxStart = Outputs.start(setup, boxes, 2, image);
      int stride = STRIDES[i];
      int columns = Outputs.ceilDiv(input.width(), stride);
      for (int cell = 0; cell < classes.size(1); cell++) {
        float score = classes.get(classStart + cell) * objects.get(objectStart + cell);
        if (score >= into.threshold()) {
          int at = boxStart + 4 * cell;
          int row = cell / columns;
          int column = cell % columns;
          into.addCentered(
              (boxes.get(at) + column) * stride,
              (boxes.get(at + 1) + row) * stride,
              (float) Math.exp(boxes.get(at + 2)) * stride,
              (float) Math.exp(boxes.get(at + 3)) * stride,
              score,
              0);
        }
      }
    }
  }
}
