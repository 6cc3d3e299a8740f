package io.videoml.micrometer;

import io.micrometer.core.instrument.Counter;
import io.videoml.detect.Detection;
import io.videoml.detect.Detections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts the objects found, by class; the classes beyond a limit together.
 *
 * <p>Threading: safe; a class that was seen before is counted without lock or allocation.
 */
final class ClassCounters {
  private static final String OTHER = "other";

  private final CameraRegistry registry;
  private final int limit;
  private final Map<String, Counter> known = new ConcurrentHashMap<>();
  private volatile @Nullable Counter others;

  ClassCounters(CameraRegistry registry, int limit) {
    this.registry = registry;
    this.limit = limit;
  }

  void add(Detections found) {
    List<Detection> objects = found.objects();
    for (int i = 0; i < objects.size(); i++) { // an iterator would be an object for each frame
      Counter counter = of(objects.get(i).label());
      if (counter != null) {
        counter.increment();
      }
    }
  }

  private @Nullable Counter of(String name) {
    Counter counter = known.get(name);
    if (counter == null) {
      counter = others; // is there once the limit was met
    }
    return counter != null ? counter : registry.unlessRemoved(() -> make(name));
  }

  /** Called with the registry's lock held. */
  private Counter make(String name) {
    Counter counter = known.get(name);
    if (counter != null) {
      return counter;
    }
    if (known.size() < limit) {
      counter = register(name);
      known.put(name, counter);
      return counter;
    }
    counter = register(OTHER);
    others = counter;
    return counter;
  }

  private Counter register(String name) {
    return registry.counter("video.detections", "Objects found, by class", "class.name", name);
  }
}
