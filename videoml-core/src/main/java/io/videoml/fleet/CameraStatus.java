package io.videoml.fleet;

import static java.util.Objects.requireNonNull;

import io.videoml.pipeline.RunSummary;
import io.videoml.resilience.StreamState;
import io.videoml.resilience.StreamStatus;
import io.videoml.source.StreamInfo;
import java.util.Optional;

/**
 * How one camera is doing.
 *
 * <p>Threading: immutable.
 *
 * @param id its name
 * @param zone its zone; may be empty
 * @param priority how much it matters
 * @param stream its state, its last problem, its failures in a row, the time of its last frame;
 *     {@code FAILED} also where its pipeline could not be made or has broken
 * @param info what is known of its stream; empty while it is not connected
 * @param counts what became of its frames so far
 */
public record CameraStatus(
    String id,
    String zone,
    Priority priority,
    StreamStatus stream,
    Optional<StreamInfo> info,
    RunSummary counts) {
  public CameraStatus {
    requireNonNull(id, "id");
    requireNonNull(zone, "zone");
    requireNonNull(priority, "priority");
    requireNonNull(stream, "stream");
    requireNonNull(info, "info");
    requireNonNull(counts, "counts");
  }

  /** Returns what it is doing. */
  public StreamState state() {
    return stream.state();
  }
}
