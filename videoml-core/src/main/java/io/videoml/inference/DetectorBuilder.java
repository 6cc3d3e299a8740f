package io.videoml.inference;

import static java.util.Objects.requireNonNull;

import io.videoml.inference.head.ModelFamily;
import io.videoml.tensor.ImageSpec;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Options of every {@link ModelDetector}, whichever engine runs the model; each engine's own
 * builder adds the engine's.
 *
 * <p>Threading: one thread.
 *
 * @param <B> the engine's builder
 */
public abstract class DetectorBuilder<B extends DetectorBuilder<B>> {
  HeadFactory head = ModelFamily.AUTO;
  UnaryOperator<ImageSpec> preprocessing = UnaryOperator.identity();
  float confidence = 0.25f;
  float iou = 0.45f;
  boolean acrossClasses;
  Set<String> classes = Set.of();
  Optional<Labels> labels = Optional.empty();
  Optional<ModelSetup.InputSize> inputSize = Optional.empty();
  int maxDetections = 300;
  int batch = 1;
  int concurrency = Runtime.getRuntime().availableProcessors();

  /** For engines. */
  protected DetectorBuilder() {}

  /** Returns this. */
  protected abstract B self();

  /** Loads the model, for the detector to own. */
  protected abstract InferenceEngine openEngine();

  /** Reads the model's output with this head. Default: {@link ModelFamily#AUTO}. */
  public B head(HeadFactory newHead) {
    head = requireNonNull(newHead, "head");
    return self();
  }

  /**
   * Changes how pictures are prepared, for a model that was trained in another way than its family.
   * Default: as the head says.
   *
   * <pre>{@code
   * detector.preprocessing(input -> input.withColor(ChannelOrder.RGB, Normalization.IMAGENET))
   * }</pre>
   *
   * @param change of fit, padding, order of channels, normalisation or resampling; the rest is the
   *     model's, and building fails where it changes
   */
  public B preprocessing(UnaryOperator<ImageSpec> change) {
    preprocessing = requireNonNull(change, "preprocessing");
    return self();
  }

  /** Reports objects of at least this confidence. Default: 0.25. */
  public B confidence(float least) {
    confidence = share(least, "confidence");
    return self();
  }

  /**
   * Takes two boxes for one object where their shared area is more than this part of the joint one.
   * Default: 0.45. Without effect on models that report each object once.
   */
  public B iou(float most) {
    iou = share(most, "iou");
    return self();
  }

  /** Takes overlapping boxes for one object even if their classes differ. Default: not. */
  public B acrossClasses() {
    acrossClasses = true;
    return self();
  }

  /** Reports only these classes, given by label or id. Default: empty, which stands for all. */
  public B classes(Set<String> labelsOrIds) {
    classes = Set.copyOf(labelsOrIds);
    return self();
  }

  /**
   * Names the classes. Default: the model's metadata; else what its family calls them; else COCO
   * where there are 80; else numbers.
   */
  public B labels(Labels newLabels) {
    labels = Optional.of(newLabels);
    return self();
  }

  /**
   * Sets the size of the model input in pixels, where the model leaves it open. Default: the
   * metadata's {@code imgsz}, else what is usual in the model's family.
   */
  public B inputSize(int width, int height) {
    atLeastOne(Math.min(width, height), "input width and height");
    inputSize = Optional.of(new ModelSetup.InputSize(width, height));
    return self();
  }

  /** Reports at most so many objects a frame, the most confident. Default: 300. */
  public B maxDetections(int most) {
    maxDetections = atLeastOne(most, "maxDetections");
    return self();
  }

  /**
   * Gives the model up to so many frames at once, where it takes any number. Default: 1. A model
   * with a batch size of its own keeps that.
   */
  public B batch(int most) {
    batch = atLeastOne(most, "batch");
    return self();
  }

  /**
   * Lets so many threads detect at once, each with input and output memory of its own, and has more
   * wait. Default: the number of processors.
   */
  public B concurrency(int threads) {
    concurrency = atLeastOne(threads, "concurrency");
    return self();
  }

  /**
   * Loads the model and binds its head.
   *
   * @throws InferenceException if the model cannot be loaded, or an option does not fit it
   */
  public ModelDetector build() {
    InferenceEngine engine = openEngine();
    try {
      return new ModelDetector(engine, this);
    } catch (RuntimeException | Error e) {
      engine.close();
      throw e;
    }
  }

  private static float share(float value, String what) {
    if (!(value >= 0 && value <= 1)) { // also refuses NaN
      throw new IllegalArgumentException(what + " must be within 0..1, was " + value);
    }
    return value;
  }

  private static int atLeastOne(int value, String what) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, was " + value);
    }
    return value;
  }
}
