package io.videoml.inference;

import static java.util.Objects.requireNonNull;

import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.detect.Detections;
import io.videoml.detect.Detector;
import io.videoml.frame.Frame;
import io.videoml.tensor.ImageSpec;
import io.videoml.tensor.Placement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects with any model that an engine can run and a head can read: writes frames into the model's
 * input, runs it, and turns its output into boxes in pixels of the frame, clipped to it. Boxes that
 * do not touch the frame, and numbers that are not finite, are left out. Where a badly quantised
 * model scores above 1, the confidence is 1 and a warning is logged once.
 *
 * <p>Closing it cancels what runs, waits for it and closes the engine.
 *
 * <p>Threading: safe. Each call at a time has memory of its own, which is kept for later calls;
 * calls beyond {@link DetectorBuilder#concurrency} wait.
 */
public final class ModelDetector implements Detector {
  private static final Logger log = LoggerFactory.getLogger(ModelDetector.class);

  private final InferenceEngine engine;
  private final ModelSetup setup;
  private final ModelHead head;
  private final ImageSpec input;
  private final Labels labels;
  private final float confidence;
  private final float iou;
  private final boolean acrossClasses;
  private final int maxDetections;
  private final @Nullable BitSet wanted;
  private final boolean fixedBatch;
  private final int batch;
  private final WorkspacePool pool;
  private final AtomicBoolean warned = new AtomicBoolean();

  ModelDetector(InferenceEngine engine, DetectorBuilder<?> options) {
    this.engine = engine;
    ModelInfo model = engine.model();
    Optional<Labels> given = options.labels.or(() -> Labels.inMetadata(model.metadata()));
    this.setup = new ModelSetup(model, given, options.inputSize);
    this.head = bind(setup, options);
    this.input = prepared(options.preprocessing);
    this.labels = given.orElseGet(() -> usualLabels(head));
    if (labels.size() != head.classes()) {
      throw otherLabels(setup, head, labels);
    }
    this.confidence = options.confidence;
    this.iou = head.overlapping() ? options.iou : 1;
    this.acrossClasses = options.acrossClasses;
    this.maxDetections = options.maxDetections;
    this.wanted = options.classes.isEmpty() ? null : ids(options.classes);
    long modelBatch = setup.pictureSpec().size(0);
    this.fixedBatch = modelBatch != TensorSpec.DYNAMIC;
    this.batch = fixedBatch ? Math.toIntExact(modelBatch) : options.batch;
    this.pool = new WorkspacePool(this::prepare, options.concurrency);
    pool.giveBack(pool.lend(batch)); // fails here rather than at the first frame
  }

  /** Returns a builder of a detector that owns the engine, and closes it even if building fails. */
  public static Builder builder(InferenceEngine engine) {
    return new Builder(engine);
  }

  /**
   * A head is recognised by the number of classes, too: one that fits without the user's labels
   * says what is wrong with them.
   */
  private static ModelHead bind(ModelSetup setup, DetectorBuilder<?> options) {
    try {
      return options.head.bind(setup);
    } catch (InferenceException e) {
      if (options.labels.isEmpty()) {
        throw e;
      }
      Optional<Labels> own = Labels.inMetadata(setup.model().metadata());
      ModelHead head;
      try {
        head = options.head.bind(new ModelSetup(setup.model(), own, options.inputSize));
      } catch (InferenceException other) {
        throw e; // the labels are not to blame
      }
      Labels given = options.labels.get();
      throw head.classes() == given.size() ? e : otherLabels(setup, head, given);
    }
  }

  private static InferenceException otherLabels(ModelSetup setup, ModelHead head, Labels labels) {
    return setup.unfit(
        "has "
            + head.classes()
            + " classes, but there are "
            + labels.size()
            + " labels; give one for each class");
  }

  /** The head reads its output by the shape of the input, so only the rest may change. */
  private ImageSpec prepared(UnaryOperator<ImageSpec> preprocessing) {
    ImageSpec asRead = head.input();
    ImageSpec changed = requireNonNull(preprocessing.apply(asRead), "preprocessing returned null");
    if (changed.width() != asRead.width()
        || changed.height() != asRead.height()
        || changed.type() != asRead.type()
        || changed.layout() != asRead.layout()
        || changed.channels().channels() != asRead.channels().channels()) {
      throw setup.unfit(
          "takes "
              + asRead
              + ", of which preprocessing may change fit, padding, order of channels, normalisation"
              + " and resampling only; it made "
              + changed);
    }
    return changed;
  }

  private static Labels usualLabels(ModelHead head) {
    if (!head.labels().isEmpty()) {
      return new Labels(head.labels());
    }
    Labels coco = Labels.coco();
    return head.classes() == coco.size() ? coco : Labels.numbers(head.classes());
  }

  private BitSet ids(Set<String> labelsOrIds) {
    BitSet ids = new BitSet();
    for (String wish : labelsOrIds) {
      int[] fitting =
          IntStream.range(0, labels.size())
              .filter(id -> wish.equals(labels.name(id)) || wish.equals(Integer.toString(id)))
              .toArray();
      if (fitting.length == 0) {
        throw setup.unfit("has no class " + wish + "; there are " + labels.names());
      }
      IntStream.of(fitting).forEach(ids::set);
    }
    return ids;
  }

  private Workspace prepare(int size) {
    return Workspace.prepare(engine, setup, head, input, size, new Candidates(confidence, wanted));
  }

  @Override
  public List<Detections> detect(List<? extends Frame> frames) {
    List<Detections> found = new ArrayList<>(frames.size());
    while (found.size() < frames.size()) {
      List<? extends Frame> rest = frames.subList(found.size(), frames.size());
      int size = nextBatch(rest.size());
      detectBatch(rest.subList(0, Math.min(size, rest.size())), size, found);
    }
    return found;
  }

  /** A rest is split into powers of two: few sizes to keep memory for, and nothing run in vain. */
  private int nextBatch(int frames) {
    return fixedBatch || frames >= batch ? batch : Integer.highestOneBit(frames);
  }

  private void detectBatch(List<? extends Frame> frames, int size, List<Detections> found) {
    Workspace workspace = pool.lend(size);
    try {
      for (int i = 0; i < frames.size(); i++) {
        workspace.write(frames.get(i), i);
      }
      long start = System.nanoTime();
      List<Tensor> outputs = workspace.run();
      Duration inference = Duration.ofNanos(System.nanoTime() - start);
      for (int i = 0; i < frames.size(); i++) {
        found.add(read(outputs, i, workspace, inference));
      }
    } catch (InferenceException e) {
      if (pool.isClosed()) {
        throw new IllegalStateException("the detector was closed while it ran", e);
      }
      throw e;
    } finally {
      pool.giveBack(workspace);
    }
  }

  private Detections read(
      List<Tensor> outputs, int image, Workspace workspace, Duration inference) {
    long start = System.nanoTime();
    Candidates candidates = workspace.candidates();
    candidates.clear();
    head.decode(outputs, image, candidates);
    NonMaxSuppression.apply(candidates, iou, acrossClasses, maxDetections);
    List<Detection> objects = toSource(candidates, workspace.placement(image));
    return new Detections(
        objects,
        Duration.ofNanos(workspace.preprocessNanos(image)),
        inference,
        Duration.ofNanos(System.nanoTime() - start));
  }

  private List<Detection> toSource(Candidates candidates, Placement placement) {
    if (candidates.size() == 0) {
      return List.of();
    }
    List<Detection> objects = new ArrayList<>(candidates.size());
    for (int i = 0; i < candidates.size(); i++) {
      float x1 = clip(placement.sourceX(candidates.x1(i)), placement.sourceWidth());
      float y1 = clip(placement.sourceY(candidates.y1(i)), placement.sourceHeight());
      float x2 = clip(placement.sourceX(candidates.x2(i)), placement.sourceWidth());
      float y2 = clip(placement.sourceY(candidates.y2(i)), placement.sourceHeight());
      if (x1 < x2 && y1 < y2) {
        int id = candidates.classId(i);
        float score = believable(candidates.score(i));
        objects.add(new Detection(id, labels.name(id), score, new Box(x1, y1, x2, y2)));
      }
    }
    return objects;
  }

  private static float clip(double edge, int size) {
    return (float) Math.min(size, Math.max(0, edge));
  }

  private float believable(float score) {
    if (score > 1 && warned.compareAndSet(false, true)) {
      log.warn(
          "{} gave the score {}, above 1: its scores tell little; they are reported as 1. A model"
              + " that is quantised with boxes and scores on one scale does this.",
          setup.model().name(),
          score);
    }
    return Math.min(1, score);
  }

  @Override
  public int maxBatch() {
    return batch;
  }

  /** Returns what really runs the model. */
  public ExecutionReport execution() {
    return engine.execution();
  }

  /** Returns what the model expects of one picture. */
  public ImageSpec input() {
    return input;
  }

  /** Returns the names of the classes that the detector reports. */
  public Labels labels() {
    return labels;
  }

  @Override
  public void close() {
    try {
      pool.close();
    } finally {
      engine.close();
    }
  }

  /** Builds a detector over an engine that is already loaded. */
  public static final class Builder extends DetectorBuilder<Builder> {
    private final InferenceEngine engine;

    private Builder(InferenceEngine engine) {
      this.engine = engine;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected InferenceEngine openEngine() {
      return engine;
    }
  }
}
