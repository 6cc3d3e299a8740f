package io.videoml.cli.fleet;

import io.videoml.cli.options.ModelOptions;
import io.videoml.fleet.FleetBuilder;
import io.videoml.fleet.Priority;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the configuration file says.
 *
 * @param model what detects; empty if frames are only sampled
 * @param maxConcurrent detections at once
 * @param batching frames of several cameras in one call
 * @param weights shares of the turns, of the priorities that are named
 * @param freshness how old frames may be, of the priorities that are named
 * @param metrics where metrics are to be served
 * @param cameras in the order of the file
 */
public record FleetConfig(
    Optional<ModelOptions> model,
    OptionalInt maxConcurrent,
    Optional<Batching> batching,
    Map<Priority, Integer> weights,
    Map<Priority, Duration> freshness,
    Optional<Metrics> metrics,
    List<CameraConfig> cameras) {

  /** Frames of several cameras in one call. */
  public record Batching(int size, Duration delay) {}

  /** Where metrics are to be served. */
  public record Metrics(String host, int port, Place place) {}

  /** Reads and checks the file. */
  public static FleetConfig read(Path file) {
    return new ConfigReader(file, System::getenv).read();
  }

  /** Hands the settings of the fleet on. */
  public void applyTo(FleetBuilder fleet) {
    maxConcurrent.ifPresent(fleet::maxConcurrent);
    batching.ifPresent(batch -> fleet.batched(batch.size(), batch.delay()));
    weights.forEach(fleet::weight);
    freshness.forEach(fleet::freshness);
  }
}
