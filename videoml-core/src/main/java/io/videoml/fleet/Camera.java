package io.videoml.fleet;

import static java.util.Objects.requireNonNull;

import io.videoml.source.FrameSource;
import java.io.Serializable;

/**
 * One camera of a fleet.
 *
 * <p>Threading: immutable.
 *
 * @param id its name in results, metrics and logs; not blank, and the only one of its fleet
 * @param source where its frames come from
 * @param zone what it is looked at together with; may be empty
 * @param priority how much it matters beside the others
 */
public record Camera(String id, FrameSource source, String zone, Priority priority)
    implements Serializable {
  public Camera {
    if (requireNonNull(id, "id").isBlank()) {
      throw new IllegalArgumentException("a camera needs an id that is not blank");
    }
    requireNonNull(source, "source");
    requireNonNull(zone, "zone");
    requireNonNull(priority, "priority");
  }

  /** Makes a camera of no zone and of normal priority. */
  public Camera(String id, FrameSource source) {
    this(id, source, /* zone= */ "", Priority.NORMAL);
  }

  /** Returns this in another zone. */
  public Camera in(String newZone) {
    return new Camera(id, source, newZone, priority);
  }

  /** Returns this with another priority. */
  public Camera with(Priority newPriority) {
    return new Camera(id, source, zone, newPriority);
  }

  /** Returns it in words, with no more of the source than its id, which holds no credentials. */
  @Override
  public String toString() {
    return "Camera[" + id + ", " + source.id() + ", zone \"" + zone + "\", " + priority + "]";
  }
}
