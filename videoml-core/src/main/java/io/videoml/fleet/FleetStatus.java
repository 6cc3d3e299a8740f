package io.videoml.fleet;

import static java.util.Objects.requireNonNull;

import io.videoml.resilience.StreamState;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How the cameras of a fleet, or of one of its zones, are doing.
 *
 * <p>Threading: immutable.
 *
 * @param at when that was asked
 * @param cameras in the order in which they were added
 */
public record FleetStatus(Instant at, List<CameraStatus> cameras) {
  public FleetStatus {
    requireNonNull(at, "at");
    cameras = List.copyOf(cameras);
  }

  /** Returns the same of one zone; of no cameras, if there is no such zone. */
  public FleetStatus zone(String name) {
    requireNonNull(name, "name");
    return new FleetStatus(
        at, cameras.stream().filter(camera -> camera.zone().equals(name)).toList());
  }

  /** Returns the zones that have cameras, in order; the empty name is that of no zone. */
  public SortedSet<String> zones() {
    SortedSet<String> zones = new TreeSet<>();
    cameras.forEach(camera -> zones.add(camera.zone()));
    return zones;
  }

  /** Returns the status of one camera; empty if there is none of that name. */
  public Optional<CameraStatus> camera(String id) {
    return cameras.stream().filter(camera -> camera.id().equals(id)).findFirst();
  }

  /** Returns how many cameras are in each state; states that none is in are absent. */
  public Map<StreamState, Integer> states() {
    Map<StreamState, Integer> states = new EnumMap<>(StreamState.class);
    cameras.forEach(camera -> states.merge(camera.state(), 1, Integer::sum));
    return states;
  }
}
