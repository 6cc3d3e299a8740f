package io.videoml.detect;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Everything found in one frame, most confident first, and how long it took.
 *
 * @param objects in falling order of confidence
 * @param preprocess time from picture to model input
 * @param inference time in the model; that of the whole batch where frames shared one
 * @param postprocess time from model output to objects
 */
public record Detections(
    List<Detection> objects, Duration preprocess, Duration inference, Duration postprocess)
    implements Iterable<Detection>, Serializable {

  /** Nothing found, in no time. */
  public static final Detections NONE = of(List.of());

  public Detections {
    objects = List.copyOf(requireNonNull(objects, "objects"));
    requireNonNull(preprocess, "preprocess");
    requireNonNull(inference, "inference");
    requireNonNull(postprocess, "postprocess");
  }

  /** Returns objects that took no time to find. */
  public static Detections of(List<Detection> objects) {
    return new Detections(objects, Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }

  /** Returns the number of objects. */
  public int size() {
    return objects.size();
  }

  /** Returns whether nothing was found. */
  public boolean isEmpty() {
    return objects.isEmpty();
  }

  /** Returns only the objects that pass, with the same durations. */
  public Detections filter(Predicate<Detection> predicate) {
    return new Detections(
        objects.stream().filter(predicate).toList(), preprocess, inference, postprocess);
  }

  @Override
  public Iterator<Detection> iterator() {
    return objects.iterator();
  }
}
