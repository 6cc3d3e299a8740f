package io.videoml.micrometer;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cameras that are counted: a bounded number of them.
 *
 * <p>Threading: safe; a camera that is there is found without a lock.
 */
final class Cameras {
  private static final Logger LOG = LoggerFactory.getLogger(MicrometerMetricsSink.class);

  private final int limit;
  private final Function<String, CameraMeters> maker;
  private final Map<String, CameraMeters> counted = new ConcurrentHashMap<>();
  private final Set<String> gone = new LinkedHashSet<>(); // guarded by this; the latest, no more
  private volatile boolean full;
  private boolean told; // guarded by this

  Cameras(int limit, Function<String, CameraMeters> maker) {
    this.limit = limit;
    this.maker = maker;
  }

  /** Returns the camera's meters; null if it was removed, or is beyond the limit. */
  @Nullable CameraMeters of(String stream) {
    CameraMeters camera = counted.get(stream);
    return camera != null || full ? camera : add(stream);
  }

  /** Lets a stream that was removed be counted again. */
  void welcome(String stream) {
    if (!counted.containsKey(stream)) {
      synchronized (this) {
        gone.remove(stream);
      }
    }
  }

  /** Removes the camera's meters; what is still said of it is not counted. */
  synchronized void remove(String stream) {
    gone.add(stream);
    if (gone.size() > limit) {
      Iterator<String> oldest = gone.iterator();
      oldest.next();
      oldest.remove();
    }
    CameraMeters camera = counted.remove(stream);
    if (camera != null) {
      camera.remove(); // before another of its name can be made: they are removed by name
      full = false;
    }
  }

  private synchronized @Nullable CameraMeters add(String stream) {
    CameraMeters camera = counted.get(stream);
    if (camera != null || gone.contains(stream)) {
      return camera;
    }
    if (counted.size() >= limit) {
      full = true;
      tell(stream);
      return null;
    }
    camera = maker.apply(stream);
    counted.put(stream, camera);
    return camera;
  }

  private void tell(String stream) {
    if (!told) {
      told = true;
      LOG.warn(
          "{} cameras are counted, {} and further ones are not; maxCameras raises the limit",
          limit,
          Masking.masked(stream));
    }
  }
}
