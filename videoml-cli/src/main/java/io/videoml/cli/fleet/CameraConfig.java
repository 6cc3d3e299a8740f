package io.videoml.cli.fleet;

import io.videoml.cli.options.SourceOptions;
import io.videoml.cli.process.CliException;
import io.videoml.fleet.Camera;
import io.videoml.fleet.Priority;
import io.videoml.pipeline.SerializableSupplier;
import io.videoml.sampling.FrameSampler;
import io.videoml.source.FrameSource;
import java.util.function.Function;

/**
 * One camera of the file.
 *
 * @param place where it stands
 */
public record CameraConfig(
    String id,
    Place place,
    SourceOptions source,
    String zone,
    Priority priority,
    SerializableSupplier<FrameSampler> sampler,
    boolean enabled) {

  /** Returns the camera; a source that cannot be described is an error with its place. */
  public Camera camera(Function<SourceOptions, FrameSource> sources) {
    try {
      return new Camera(id, sources.apply(source), zone, priority);
    } catch (CliException e) {
      throw CliException.usage(
          place + ": the source of camera " + id + " cannot be used",
          String.valueOf(e.getMessage()));
    }
  }

  @Override
  public String toString() { // without the address, which may hold a password
    return "CameraConfig[" + id + " at " + place + "]";
  }
}
