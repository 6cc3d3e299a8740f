package io.videoml.cascade;

import static java.util.Objects.requireNonNull;

import io.videoml.detect.Detections;
import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * A condition on what was found in a frame; a lambda will do. Travels with the description, if what
 * it captures can.
 *
 * <p>Threading: called on a run's worker thread, in the order of the stream; where many runs share
 * one instance, by all their workers at once. What it throws fails the frame; the stream goes on.
 */
@FunctionalInterface
public interface Match extends Serializable {

  /** Returns whether the frame in which this was found goes on. */
  boolean matches(Detections found);

  /** Returns a condition that holds where there is any object. */
  static Match anything() {
    return found -> !found.isEmpty();
  }

  /**
   * Returns a condition that holds where there is an object with one of the labels.
   *
   * @param labels at least one
   */
  static Match anyOf(String... labels) {
    return atLeast(1, labels);
  }

  /**
   * Returns a condition that holds where there are so many objects with one of the labels.
   *
   * @param objects at least 1
   * @param labels at least one
   */
  static Match atLeast(int objects, String... labels) {
    Set<String> wanted = Set.copyOf(List.of(labels));
    if (objects < 1 || wanted.isEmpty()) {
      throw new IllegalArgumentException(
          "a condition needs at least one object of at least one label, was "
              + (objects + " of " + wanted));
    }
    return found ->
        found.objects().stream().filter(object -> wanted.contains(object.label())).count()
            >= objects;
  }

  /**
   * Returns this condition on only those objects whose confidence is greater.
   *
   * @param confidence from 0 to 1
   */
  default Match above(float confidence) {
    if (!(confidence >= 0 && confidence <= 1)) { // also refuses NaN
      throw new IllegalArgumentException("confidence must be within 0..1, was " + confidence);
    }
    return found -> matches(found.filter(object -> object.confidence() > confidence));
  }

  /** Returns a condition that holds where both do. */
  default Match and(Match other) {
    requireNonNull(other, "other");
    return found -> matches(found) && other.matches(found);
  }

  /** Returns a condition that holds where either does. */
  default Match or(Match other) {
    requireNonNull(other, "other");
    return found -> matches(found) || other.matches(found);
  }

  /** Returns a condition that holds where this does not. */
  default Match not() {
    return found -> !matches(found);
  }
}
