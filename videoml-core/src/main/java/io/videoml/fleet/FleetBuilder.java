package io.videoml.fleet;

import static java.util.Objects.requireNonNull;

import io.videoml.pipeline.PipelineEvent;
import io.videoml.pipeline.PipelineSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Collects the settings of a {@link CameraFleet}.
 *
 * <p>Threading: one thread.
 */
public final class FleetBuilder {
  private static final int MOST_WEIGHT = 1000;

  private final Function<Camera, PipelineSpec> pipeline;
  private final Map<Priority, Integer> weights = new EnumMap<>(Priority.class);
  private final Map<Priority, Duration> freshness = new EnumMap<>(Priority.class);
  private int maxConcurrent = Runtime.getRuntime().availableProcessors();
  private int maxBatch = 1;
  private Duration maxDelay = Duration.ZERO;
  private Consumer<PipelineEvent> onEvent = event -> {};

  FleetBuilder(Function<Camera, PipelineSpec> pipeline) {
    this.pipeline = requireNonNull(pipeline, "pipeline");
    weights.putAll(Map.of(Priority.HIGH, 16, Priority.NORMAL, 4, Priority.LOW, 1));
    freshness.put(Priority.HIGH, Duration.ofMillis(500));
    freshness.put(Priority.NORMAL, Duration.ofSeconds(2));
    freshness.put(Priority.LOW, Duration.ofSeconds(10));
  }

  /**
   * Lets so many detections run at once, over all cameras; at least 1. The others wait for their
   * turn. Default: the number of processors.
   */
  public FleetBuilder maxConcurrent(int detections) {
    if (detections < 1) {
      throw new IllegalArgumentException(
          "at least one detection must be able to run, was " + detections);
    }
    this.maxConcurrent = detections;
    return this;
  }

  /**
   * Gives the cameras of a priority this share of the turns, by the weights of all, while there are
   * fewer turns than wanted; 1 to 1000. Default: 16 for high, 4 for normal, 1 for low.
   */
  public FleetBuilder weight(Priority priority, int weight) {
    if (weight < 1 || weight > MOST_WEIGHT) {
      throw new IllegalArgumentException(
          "a weight must be within 1.." + MOST_WEIGHT + ", was " + weight + " for " + priority);
    }
    weights.put(requireNonNull(priority, "priority"), weight);
    return this;
  }

  /**
   * Says how old a frame of a live source may be when its turn to be detected in comes; an older
   * one is dropped as stale. Positive. Default: 500 ms for high priority, 2 s for normal, 10 s for
   * low. Sources that are not live wait, and lose nothing.
   */
  public FleetBuilder freshness(Priority priority, Duration age) {
    if (age.isNegative() || age.isZero()) {
      throw new IllegalArgumentException(
          "freshness must be positive, was " + age + " for " + priority);
    }
    freshness.put(requireNonNull(priority, "priority"), age);
    return this;
  }

  /**
   * Gathers frames of several cameras into one call of a detector that gains by it. {@link
   * #maxConcurrent} is then how many calls run at once, so that as many times {@code most} frames
   * can be on their way. Default: no batches.
   *
   * @param most frames of a batch, at least 1; a detector's own limit holds as well
   * @param delay how long the first of a batch waits for others, not negative
   */
  public FleetBuilder batched(int most, Duration delay) {
    if (most < 1 || delay.isNegative()) {
      throw new IllegalArgumentException(
          "a batch needs at least one frame and a delay that is not negative, was told "
              + (most + " and " + delay));
    }
    this.maxBatch = most;
    this.maxDelay = delay;
    return this;
  }

  /**
   * Tells the listener what happens to any camera; also, as the end of its stream, that one could
   * not be started. Called by the cameras' threads at once; it must not block. Default: none.
   */
  public FleetBuilder onEvent(Consumer<PipelineEvent> listener) {
    this.onEvent = requireNonNull(listener, "listener");
    return this;
  }

  /** Returns a fleet that runs and has no cameras yet. */
  public CameraFleet start() {
    return start(List.of());
  }

  /** Returns a fleet that runs and starts these cameras, see {@link CameraFleet#addAll}. */
  public CameraFleet start(Collection<Camera> cameras) {
    FleetSettings settings =
        new FleetSettings(
            maxConcurrent, maxBatch, maxDelay, Map.copyOf(weights), Map.copyOf(freshness), onEvent);
    CameraFleet fleet = new CameraFleet(pipeline, settings);
    fleet.addAll(cameras);
    return fleet;
  }
}
