package io.videoml.inference.head;

import io.videoml.inference.ModelSetup;
import io.videoml.inference.Tensor;
import io.videoml.inference.TensorSpec;
import io.videoml.tensor.ImageSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Finds a model's outputs by name and shape, their parts by picture, and the best class. */
final class Outputs {
  private static final int COCO_CLASSES = 80;

  private Outputs() {}

  /** Returns the number of classes that the user or the metadata names, else COCO's. */
  static int expectedClasses(ModelSetup setup) {
    return setup.classes().orElse(COCO_CLASSES);
  }

  /** Returns the class with the highest score, the first of equal ones. */
  static int best(float[] scores) {
    int best = 0;
    for (int c = 1; c < scores.length; c++) {
      if (scores[c] > scores[best]) {
        best = c;
      }
    }
    return best;
  }

  /** Returns the place of the only output that passes; empty where none or several do. */
  static OptionalInt only(ModelSetup setup, Predicate<TensorSpec> test) {
    List<TensorSpec> outputs = setup.model().outputs();
    int[] found =
        IntStream.range(0, outputs.size()).filter(i -> test.test(outputs.get(i))).toArray();
    return found.length == 1 ? OptionalInt.of(found[0]) : OptionalInt.empty();
  }

  /** As {@link #only}, where a head cannot do without the output. */
  static int require(ModelSetup setup, String what, Predicate<TensorSpec> test) {
    return only(setup, test)
        .orElseThrow(
            () ->
                setup.unfit("needs one output with " + what + ", has " + setup.model().outputs()));
  }

  /** Accepts outputs of one of the names, in any case, whatever follows a colon. */
  static Predicate<TensorSpec> named(String... names) {
    return spec ->
        Arrays.asList(names).contains(spec.name().toLowerCase(Locale.ROOT).split(":")[0]);
  }

  /** Returns the only output of rank three, which holds the boxes where a model has but one. */
  static Optional<TensorSpec> rows(ModelSetup setup) {
    OptionalInt place = only(setup, spec -> spec.rank() == 3);
    return place.isPresent()
        ? Optional.of(setup.model().outputs().get(place.getAsInt()))
        : Optional.empty();
  }

  /** Returns whether {@code anchors} is {@code each} for every cell of a usual set of strides. */
  static boolean coversGrid(ModelSetup setup, long anchors, int each) {
    if (setup.width() == TensorSpec.DYNAMIC || setup.height() == TensorSpec.DYNAMIC) {
      return false;
    }
    long usual = cells(setup, 8) + cells(setup, 16) + cells(setup, 32);
    return anchors == each * usual
        || anchors == each * (cells(setup, 8) + cells(setup, 16))
        || anchors == each * (usual + cells(setup, 64))
        || anchors == each * (usual + cells(setup, 4));
  }

  private static long cells(ModelSetup setup, int stride) {
    return cells((int) setup.width(), (int) setup.height(), stride);
  }

  static int cells(int width, int height, int stride) {
    return ceilDiv(width, stride) * ceilDiv(height, stride);
  }

  static int ceilDiv(int size, int stride) {
    return (size + stride - 1) / stride;
  }

  /** Returns the finest stride whose grid over the input has so many cells. */
  static int stride(ModelSetup setup, ImageSpec input, int cells) {
    int longest = Math.max(input.width(), input.height());
    return IntStream.rangeClosed(1, longest)
        .filter(stride -> cells(input.width(), input.height(), stride) == cells)
        .findFirst()
        .orElseThrow(
            () -> setup.unfit("gave " + cells + " cells, which no stride has over its input"));
  }

  /** Returns where a picture's elements start in a tensor whose last axes hold one picture. */
  static int start(ModelSetup setup, Tensor tensor, int pictureAxes, int image) {
    int pictures = tensor.rank() > pictureAxes ? tensor.size(0) : 1;
    if (tensor.rank() < pictureAxes || image >= pictures) {
      throw setup.unfit("gave " + tensor + ", which has no picture " + image);
    }
    return tensor.elements() / pictures * image;
  }
}
