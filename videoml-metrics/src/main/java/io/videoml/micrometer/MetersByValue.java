package io.videoml.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.videoml.metrics.DropReason;
import io.videoml.metrics.Stage;
import io.videoml.source.SourceException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One meter for each value of a label, made when it is first needed: a camera that loses nothing
 * has no series of losses.
 *
 * <p>Threading: safe; a meter that is there is found without lock or allocation.
 */
final class MetersByValue<E extends Enum<E>, M extends Meter> {
  private final CameraRegistry registry;
  private final Function<E, M> maker;
  private final Map<E, M> made = new ConcurrentHashMap<>();

  private MetersByValue(CameraRegistry registry, Function<E, M> maker) {
    this.registry = registry;
    this.maker = maker;
  }

  static MetersByValue<DropReason, Counter> drops(CameraRegistry registry) {
    String name = "video.frames.dropped";
    String description = "Frames that got no result, by reason";
    return new MetersByValue<>(
        registry, reason -> registry.counter(name, description, "reason", reason.code()));
  }

  static MetersByValue<SourceException.Kind, Counter> reconnects(CameraRegistry registry) {
    String name = "video.reconnects";
    String description = "Attempts to connect anew, by what failed before";
    return new MetersByValue<>(
        registry, kind -> registry.counter(name, description, "reason", kind.code()));
  }

  static MetersByValue<Stage, Timer> stages(CameraRegistry registry) {
    String name = "video.processing.latency";
    String description = "Time of one frame in one stage";
    return new MetersByValue<>(
        registry, stage -> registry.timer(name, description, "stage", stage.code()));
  }

  /** Returns the meter; null once the camera was removed. */
  @Nullable M of(E value) {
    M known = made.get(value);
    return known != null ? known : registry.unlessRemoved(() -> make(value));
  }

  /** Called with the registry's lock held. */
  private M make(E value) {
    M known = made.get(value);
    if (known == null) {
      known = maker.apply(value);
      made.put(value, known);
    }
    return known;
  }
}
