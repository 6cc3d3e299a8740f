package io.videoml.inference;

import static java.util.Objects.requireNonNull;

import io.videoml.tensor.ChannelOrder;
import io.videoml.tensor.ImageSpec;
import io.videoml.tensor.TensorLayout;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A model that is about to get a head: what its file says, and what the user said of it.
 *
 * <p>Threading: immutable.
 */
public final class ModelSetup {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

  private final ModelInfo model;
  private final OptionalInt classes;
  private final Optional<InputSize> wantedSize;
  private final int picture;
  private final TensorLayout layout;

  /** Width and height of a model input, in pixels. */
  record InputSize(int width, int height) {}

  /**
   * @param labels the user's, or else those of the model's metadata
   * @param wantedSize the user's
   * @throws InferenceException if the model has not exactly one input that takes pictures
   */
  ModelSetup(ModelInfo model, Optional<Labels> labels, Optional<InputSize> wantedSize) {
    this.model = requireNonNull(model, "model");
    this.classes = labels.map(l -> OptionalInt.of(l.size())).orElse(OptionalInt.empty());
    this.wantedSize = wantedSize;
    List<TensorSpec> pictures =
        model.inputs().stream().filter(spec -> layoutOf(spec).isPresent()).toList();
    if (pictures.size() != 1) {
      throw unfit("needs exactly one input of the shape N×3×H×W or N×H×W×3, has " + model.inputs());
    }
    this.picture = model.inputs().indexOf(pictures.get(0));
    this.layout = layoutOf(pictures.get(0)).orElseThrow();
  }

  private static Optional<TensorLayout> layoutOf(TensorSpec spec) {
    if (spec.rank() != 4) {
      return Optional.empty();
    }
    if (isChannels(spec.size(1))) {
      return Optional.of(TensorLayout.NCHW);
    }
    if (isChannels(spec.size(3))) {
      return Optional.of(TensorLayout.NHWC);
    }
    return spec.size(1) == TensorSpec.DYNAMIC ? Optional.of(TensorLayout.NCHW) : Optional.empty();
  }

  private static boolean isChannels(long size) {
    return size == 1 || size == 3;
  }

  /** Returns what the file says. */
  public ModelInfo model() {
    return model;
  }

  /**
   * Returns the number of classes that the user or the metadata names; empty where neither does.
   */
  public OptionalInt classes() {
    return classes;
  }

  /** Returns which of the model's inputs takes the picture. */
  public int pictureInput() {
    return picture;
  }

  /** Returns the width that the model itself fixes, or {@link TensorSpec#DYNAMIC}. */
  public long width() {
    return pictureSpec().size(layout == TensorLayout.NCHW ? 3 : 2);
  }

  /** Returns the height that the model itself fixes, or {@link TensorSpec#DYNAMIC}. */
  public long height() {
    return pictureSpec().size(layout == TensorLayout.NCHW ? 2 : 1);
  }

  /**
   * Returns a family's preprocessing with the model's own size, element type, axis order and number
   * of channels. An open size is the user's, else the metadata's {@code imgsz}, else the family's.
   *
   * @param recommended the family's
   * @param stride what an open size must be a multiple of
   * @throws InferenceException if the user's size or the model's input does not fit
   */
  public ImageSpec input(ImageSpec recommended, int stride) {
    InputSize size = size(new InputSize(recommended.width(), recommended.height()), stride);
    ImageSpec spec = recommended.withSize(size.width(), size.height());
    if (pictureSpec().size(layout == TensorLayout.NCHW ? 1 : 3) == 1) {
      spec = spec.withColor(ChannelOrder.GRAY, spec.normalization());
    }
    try {
      return spec.withMemory(pictureSpec().type(), layout);
    } catch (IllegalArgumentException e) {
      throw unfit("takes " + pictureSpec() + ": " + e.getMessage());
    }
  }

  private InputSize size(InputSize byDefault, int familyStride) {
    InputSize open = wantedSize.or(this::metadataSize).orElse(byDefault);
    InputSize size =
        new InputSize(
            width() == TensorSpec.DYNAMIC ? open.width() : (int) width(),
            height() == TensorSpec.DYNAMIC ? open.height() : (int) height());
    if (wantedSize.isPresent() && !wantedSize.get().equals(size)) {
      throw unfit("takes pictures of " + text(size) + " only, not " + text(wantedSize.get()));
    }
    boolean settled = width() != TensorSpec.DYNAMIC && height() != TensorSpec.DYNAMIC;
    int stride = Math.max(familyStride, metadataNumbers("stride").max(Integer::compare).orElse(1));
    if (!settled && (size.width() % stride != 0 || size.height() % stride != 0)) {
      throw unfit("an input of " + text(size) + " is no multiple of the model's stride, " + stride);
    }
    return size;
  }

  private Optional<InputSize> metadataSize() {
    List<Integer> imgsz = metadataNumbers("imgsz").filter(size -> size > 0).toList();
    return switch (imgsz.size()) {
      case 1 -> Optional.of(new InputSize(imgsz.get(0), imgsz.get(0)));
      case 2 -> Optional.of(new InputSize(imgsz.get(1), imgsz.get(0))); // height comes first
      default -> Optional.empty();
    };
  }

  private Stream<Integer> metadataNumbers(String key) {
    String value = model.metadata().getOrDefault(key, "");
    return NUMBER.matcher(value).results().map(MatchResult::group).map(Integer::valueOf);
  }

  private static String text(InputSize size) {
    return size.width() + "x" + size.height();
  }

  TensorSpec pictureSpec() {
    return model.inputs().get(picture);
  }

  /** Returns the exception that says why the model does not fit, to throw. */
  public InferenceException unfit(String problem) {
    return new InferenceException(model.name(), problem);
  }
}
