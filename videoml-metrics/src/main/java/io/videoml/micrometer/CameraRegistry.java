package io.videoml.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the meters of one camera, and takes them out of the registry again: all of them, and none
 * is made afterwards, so that a late event leaves nothing behind.
 *
 * <p>Threading: safe; making and removing take its lock.
 */
final class CameraRegistry {
  private static final String CAMERA = "camera.id";
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1)
  };

  private final MeterRegistry registry;
  private final String camera;
  private final List<Meter> made = new ArrayList<>(); // guarded by this, as below
  private boolean removed;

  CameraRegistry(MeterRegistry registry, String camera) {
    this.registry = registry;
    this.camera = Masking.masked(camera);
  }

  Counter counter(String name, String description) {
    return add(
        Counter.builder(name).description(description).tag(CAMERA, camera).register(registry));
  }

  Counter counter(String name, String description, String label, String value) {
    return add(
        Counter.builder(name)
            .description(description)
            .tag(CAMERA, camera)
            .tag(label, value)
            .register(registry));
  }

  Timer timer(String name, String description, String label, String value) {
    return add(
        Timer.builder(name)
            .description(description)
            .tag(CAMERA, camera)
            .tag(label, value)
            .serviceLevelObjectives(BUCKETS)
            .register(registry));
  }

  /** Makes a gauge, which holds on to the function until it is removed. */
  Gauge gauge(String name, String description, DoubleSupplier value) {
    return add(
        Gauge.builder(name, value, DoubleSupplier::getAsDouble)
            .description(description)
            .tag(CAMERA, camera)
            .strongReference(true)
            .register(registry));
  }

  /** Makes what is not known yet; null once the camera was removed. */
  synchronized <M> @Nullable M unlessRemoved(Supplier<M> maker) {
    return removed ? null : maker.get();
  }

  synchronized void removeAll() {
    removed = true;
    made.forEach(registry::remove);
    made.clear();
  }

  private synchronized <M extends Meter> M add(M meter) {
    made.add(meter);
    return meter;
  }
}
