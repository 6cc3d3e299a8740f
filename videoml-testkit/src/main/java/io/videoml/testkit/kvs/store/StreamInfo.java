package io.videoml.testkit.kvs.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;

/**
 * What the control plane tells about a stream.
 *
 * @param name as users chose it
 * @param arn the service's name of it
 * @param mediaType as {@code video/h264}; may be empty
 * @param created when it was made
 * @param version changes with the stream's settings
 * @param retentionHours how long media is archived; 0 for not at all
 * @param tags the stream's own, not those of fragments
 */
public record StreamInfo(
    String name,
    String arn,
    String mediaType,
    Instant created,
    String version,
    int retentionHours,
    Map<String, String> tags) {
  public StreamInfo {
    requireNonNull(name, "name");
    requireNonNull(arn, "arn");
    requireNonNull(mediaType, "mediaType");
    requireNonNull(created, "created");
    requireNonNull(version, "version");
    tags = Map.copyOf(tags);
  }

  /** Returns the same with other hours, as a new version. */
  public StreamInfo withRetentionHours(int hours) {
    return new StreamInfo(name, arn, mediaType, created, nextVersion(), hours, tags);
  }

  /** Returns the same with other tags. */
  public StreamInfo withTags(Map<String, String> other) {
    return new StreamInfo(name, arn, mediaType, created, version, retentionHours, other);
  }

  private String nextVersion() {
    return "v" + (Integer.parseInt(version.substring(1)) + 1);
  }
}
