package io.videoml.metrics;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;

/**
 * Keeps the latest durations of each stage and answers with their statistics.
 *
 * <p>A sink of its own: hand it to a pipeline, or let it be one of several. Streams are not told
 * apart; use one tracker per stream where they should be.
 *
 * <p>Threading: safe. Recording takes a short lock per stage and allocates nothing.
 */
public final class LatencyTracker implements MetricsSink {
  /** Durations kept per stage unless told otherwise. */
  public static final int DEFAULT_WINDOW = 1024;

  private final Map<Stage, LatencyWindow> windows = new EnumMap<>(Stage.class);

  /** Makes a tracker over the latest {@value #DEFAULT_WINDOW} durations of each stage. */
  public LatencyTracker() {
    this(DEFAULT_WINDOW);
  }

  /**
   * @param window durations kept per stage, at least 1
   */
  public LatencyTracker(int window) {
    if (window < 1) {
      throw new IllegalArgumentException("window must hold at least one duration, was " + window);
    }
    for (Stage stage : Stage.values()) {
      windows.put(stage, new LatencyWindow(window));
    }
  }

  @Override
  public void stageTook(String stream, Stage stage, long nanos) {
    record(stage, nanos);
  }

  /**
   * Adds a duration, in place of the oldest where the window is full.
   *
   * @param nanos not negative
   */
  public void record(Stage stage, long nanos) {
    window(stage).add(nanos);
  }

  /** Returns the statistics of one stage now. */
  public LatencyStats stats(Stage stage) {
    return window(stage).stats();
  }

  /** Returns the statistics of all stages now, in the order of the stages. */
  public Map<Stage, LatencyStats> snapshot() {
    Map<Stage, LatencyStats> all = new EnumMap<>(Stage.class);
    windows.forEach((stage, window) -> all.put(stage, window.stats()));
    return all;
  }

  private LatencyWindow window(Stage stage) {
    return requireNonNull(windows.get(requireNonNull(stage, "stage")));
  }
}
