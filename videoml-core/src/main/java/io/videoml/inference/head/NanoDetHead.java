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
import io.videoml.tensor.Resampling;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Reads, for each stride, a probability for each class and the distances from the cell to the box's
 * left, top, right and bottom side. A distance is a distribution over whole strides: its value is
 * the mean of the bins' numbers, weighted with the softmax of what the model gives.
 */
final class NanoDetHead implements ModelHead {
  private static final Normalization IMAGENET_BGR =
      new Normalization(List.of(103.53f, 116.28f, 123.675f), List.of(57.375f, 57.12f, 58.395f));

  private final ModelSetup setup;
  private final ImageSpec input;
  private final int classes;
  private final int[] classOutputs;
  private final int[] sideOutputs;

  NanoDetHead(ModelSetup setup) {
    this.setup = setup;
    this.input =
        setup.input(
            ImageSpec.letterboxed(320, 320)
                .withFit(Fit.LETTERBOX_CENTERED_TRUNCATED, 0)
                .withColor(ChannelOrder.BGR, IMAGENET_BGR)
                .withResampling(Resampling.AREA),
            32);
    if (!fits(setup)) {
      throw setup.unfit(
          "needs pairs of outputs named cls… and dis…, has " + setup.model().outputs());
    }
    this.classOutputs = outputs(setup, "cls");
    this.sideOutputs = outputs(setup, "dis");
    this.classes = (int) setup.model().outputs().get(classOutputs[0]).size(-1);
  }

  static boolean fits(ModelSetup setup) {
    int[] classOutputs = outputs(setup, "cls");
    int[] sideOutputs = outputs(setup, "dis");
    return classOutputs.length > 0
        && classOutputs.length == sideOutputs.length
        && classOutputs.length + sideOutputs.length == setup.model().outputs().size()
        && IntStream.of(classOutputs).allMatch(i -> lastAxis(setup, i) > 0)
        && IntStream.of(sideOutputs)
            .allMatch(i -> lastAxis(setup, i) > 0 && lastAxis(setup, i) % 4 == 0);
  }

  private static long lastAxis(ModelSetup setup, int output) {
    TensorSpec spec = setup.model().outputs().get(output);
    return spec.rank() < 2 ? 0 : spec.size(-1);
  }

  private static int[] outputs(ModelSetup setup, String word) {
    List<TensorSpec> outputs = setup.model().outputs();
    return IntStream.range(0, outputs.size())
        .filter(i -> outputs.get(i).name().toLowerCase(Locale.ROOT).contains(word))
        .toArray();
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
    for (int pair = 0; pair < classOutputs.length; pair++) {
      decode(outputs.get(classOutputs[pair]), outputs.get(sideOutputs[pair]), image, into);
    }
  }

  private void decode(Tensor probabilities, Tensor sides, int image, Candidates into) {
    int cells = probabilities.size(-2);
    int stride = Outputs.stride(setup, input, cells);
    int columns = Outputs.ceilDiv(input.width(), stride);
    int bins = sides.size(-1) / 4;
    int classStart = Outputs.start(setup, probabilities, 2, image);
    int sideStart = Outputs.start(setup, sides, 2, image);
    float[] scores = new float[classes];
    float[] distribution = new float[4 * bins];
    for (int cell = 0; cell < cells; cell++) {
      probabilities.read(classStart + cell * classes, scores, classes);
      int best = Outputs.best(scores);
      if (scores[best] >= into.threshold()) {
        sides.read(sideStart + cell * 4 * bins, distribution, 4 * bins);
        int row = cell / columns;
        int column = cell % columns;
        // The middle between the first and the last pixel of the cell, not its geometric centre.
        float x = column * stride + 0.5f * (stride - 1);
        float y = row * stride + 0.5f * (stride - 1);
        into.add(
            x - stride * mean(distribution, 0, bins),
            y - stride * mean(distribution, 1, bins),
            x + stride * mean(distribution, 2, bins),
            y + stride * mean(distribution, 3, bins),
            scores[best],
            best);
      }
    }
  }

  private static float mean(float[] distribution, int side, int bins) {
    int first = side * bins;
    float highest = distribution[first];
    for (int bin = 1; bin < bins; bin++) {
      highest = Math.max(highest, distribution[first + bin]);
    }
    double sum = 0;
    double weighted = 0;
    for (int bin = 0; bin < bins; bin++) {
      double weight = Math.exp(distribution[first + bin] - highest); // cannot overflow
      sum += weight;
      weighted += bin * weight;
    }
    return (float) (weighted / sum);
  }
}
