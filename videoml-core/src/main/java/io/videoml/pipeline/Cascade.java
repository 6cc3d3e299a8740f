package io.videoml.pipeline;

import io.videoml.cascade.Budget;
import io.videoml.cascade.Match;
import io.videoml.detect.Detector;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What becomes of a kept frame, stage by stage: a small detector, a condition, a budget, a large
 * detector, an uplink. Each stage is tried only with frames that came through all before it; where
 * one stops, the reason is counted. A frame that came through to the end has a result and is kept.
 *
 * <p>The detections of a result are those of the last detector; those of others are in {@link
 * FrameResult#stage}. An adaptive sampler hears of what the first detector finds, in every frame.
 *
 * <p>Threading: immutable; a run tries the stages on its worker thread, one frame after another.
 */
public final class Cascade implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The one of a pipeline without stages. */
  static final Cascade NONE = new Cascade(List.of());

  private final List<CascadeStep> steps;

  private Cascade(List<CascadeStep> steps) {
    this.steps = List.copyOf(steps);
  }

  /** Starts with a detector. */
  public static Cascade detect(String key, SerializableSupplier<? extends Detector> factory) {
    return NONE.then(key, factory);
  }

  /**
   * Starts with the frames as the sampler kept them, as the stage {@code "frames"}: for a budget in
   * front of the first stage.
   */
  public static Cascade frames() {
    return NONE.with(new CascadeStep.AllFrames());
  }

  /**
   * Goes on to a detector.
   *
   * @param key the stage's name; pipelines that give the same key share one detector, made by the
   *     first and closed after the last
   * @throws IllegalArgumentException if a stage before has that name
   */
  public Cascade then(String key, SerializableSupplier<? extends Detector> factory) {
    return with(new DetectStage(key, factory));
  }

  /**
   * Goes on to an uplink, made when the run starts and closed when it ends.
   *
   * @param name the stage's name
   * @throws IllegalArgumentException if a stage before has that name
   */
  public Cascade to(String name, SerializableSupplier<? extends Uplink> factory) {
    return with(new CascadeStep.Send(name, factory));
  }

  /**
   * Lets frames go on when the latest detector found this; others stop as {@code no_match}.
   *
   * @throws IllegalStateException if there is no detector before
   */
  public Cascade when(Match condition) {
    List<String> detectors = detectors();
    if (detectors.isEmpty()) {
      throw new IllegalStateException("a condition needs a detector before it; there is none");
    }
    return with(new CascadeStep.When(detectors.get(detectors.size() - 1), condition));
  }

  /**
   * Lets frames go on when an earlier detector found this; others stop as {@code no_match}.
   *
   * @param detector its key
   * @throws IllegalStateException if there is no such detector before
   */
  public Cascade when(String detector, Match condition) {
    List<String> detectors = detectors();
    if (!detectors.contains(detector)) {
      throw new IllegalStateException(
          "a condition on " + detector + " needs that detector before it; there are " + detectors);
    }
    return with(new CascadeStep.When(detector, condition));
  }

  /** As {@link #budget}, for so many frames per second of media time, evenly spread. */
  public Cascade atMost(double framesPerSecond) {
    return budget(Budget.callsPerSecond(framesPerSecond));
  }

  /**
   * Lets frames go on while there is budget; others stop as {@code budget}. Each run has its own.
   * Bytes are those of every uplink that comes after. Budgets one behind the other are as one that
   * keeps to both.
   */
  public Cascade budget(Budget budget) {
    int last = steps.size() - 1;
    if (steps.get(last) instanceof CascadeStep.Within before) {
      return new Cascade(steps.subList(0, last))
          .with(new CascadeStep.Within(before.budget().and(budget)));
    }
    return with(new CascadeStep.Within(budget));
  }

  private Cascade with(CascadeStep step) {
    List<CascadeStep> more = new ArrayList<>(steps);
    more.add(step);
    step.stage()
        .filter(stages()::contains)
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "a cascade's stages need names of their own; there are two named " + name);
            });
    return new Cascade(more);
  }

  /** Returns the names of the stages, in order. */
  List<String> stages() {
    return steps.stream().flatMap(step -> step.stage().stream()).toList();
  }

  /** Returns the keys of the detectors, in order. */
  List<String> detectors() {
    return steps.stream()
        .filter(DetectStage.class::isInstance)
        .flatMap(step -> step.stage().stream())
        .toList();
  }

  List<CascadeStep> steps() {
    return steps;
  }

  /** Returns whether frames can stop at all: a single stage is none to speak of. */
  boolean filters() {
    return steps.size() > 1;
  }

  /** Throws where a budget of bytes could never be charged. */
  void check(String pipeline) {
    boolean pays = false;
    for (int i = steps.size() - 1; i >= 0; i--) {
      CascadeStep step = steps.get(i);
      pays |= step instanceof CascadeStep.Send;
      if (!pays && step instanceof CascadeStep.Within gate && gate.budget().limitsBytes()) {
        throw new IllegalStateException(
            "pipeline "
                + pipeline
                + " has a budget of bytes that no uplink follows; call to(...) after it");
      }
    }
  }

  /** Returns what must be able to travel, by stage and method. */
  Map<String, Object> parts() {
    Map<String, Object> parts = new LinkedHashMap<>();
    String stage = "";
    int conditions = 0;
    for (CascadeStep step : steps) {
      stage = step.stage().orElse(stage);
      String method = filters() ? "cascade stage " + stage + ": " : "";
      if (step instanceof DetectStage detect) {
        parts.put(method + (step == steps.get(0) ? "detect" : "then"), detect.factory());
      } else if (step instanceof CascadeStep.Send send) {
        parts.put(method + "to", send.factory());
      } else if (step instanceof CascadeStep.When gate) {
        parts.put(method + "when #" + ++conditions, gate.condition());
      }
    }
    return parts;
  }

  @Override
  public String toString() {
    return "Cascade" + stages();
  }
}
