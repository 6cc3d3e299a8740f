package io.videoml.micrometer;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.videoml.detect.Detections;
import io.videoml.metrics.DropReason;
import io.videoml.metrics.MetricsSink;
import io.videoml.metrics.Stage;
import io.videoml.resilience.StreamState;
import io.videoml.source.SourceException;

/**
 * Counts into a Micrometer registry, whichever it is. As Prometheus sees it, a stream's name being
 * its {@code camera_id}:
 *
 * <ul>
 *   <li>{@code video_frames_processed_total{camera_id,pipeline}}: frames that got a result; frames
 *       read are these, those that failed and those dropped
 *   <li>{@code video_frames_failed_total{camera_id}}
 *   <li>{@code video_frames_dropped_total{camera_id,reason}}
 *   <li>{@code video_processing_latency_seconds{camera_id,stage}}: a histogram with buckets up to
 *       .01, .025, .05, .1, .25, .5 and 1 s
 *   <li>{@code video_detections_total{camera_id,class_name}}
 *   <li>{@code video_pipeline_fps{camera_id}}: frames read per second over the latest 10 s, whether
 *       kept or not
 *   <li>{@code video_camera_status{camera_id}}: 1 while the stream is live, 0 otherwise
 *   <li>{@code video_reconnects_total{camera_id,reason}}
 *   <li>{@code video_capture_clock_drift_seconds{camera_id}}: only of cameras that tell their time
 *   <li>{@code video_last_frame_age_seconds{camera_id}}: of a camera that never gave a frame, since
 *       it was first heard of
 * </ul>
 *
 * <p>Labels are bounded: cameras beyond a limit are not counted, which is logged once, and the
 * classes of a camera beyond a limit are counted as {@code other}. What was {@link #removed} is
 * gone from the registry; a late count does not bring it back, but a stream of that name that
 * connects again does.
 *
 * <p>The registry is not closed by this. Two sinks on one registry must not count the same camera.
 *
 * <p>Threading: safe. Takes no lock and allocates nothing for a camera, reason, stage or class that
 * it has seen before.
 */
public final class MicrometerMetricsSink implements MetricsSink {
  private final Cameras cameras;

  private MicrometerMetricsSink(Builder builder) {
    MeterRegistry registry = builder.registry;
    Clock clock = registry.config().clock();
    cameras =
        new Cameras(
            builder.maxCameras,
            camera ->
                new CameraMeters(
                    new CameraRegistry(registry, camera),
                    builder.pipeline,
                    builder.maxClasses,
                    clock));
  }

  /**
   * Returns a sink with the default limits.
   *
   * @param registry what to count into; its clock tells rates and ages
   * @param pipeline the pipeline's name, for the label of that name
   */
  public static MicrometerMetricsSink of(MeterRegistry registry, String pipeline) {
    return builder(registry, pipeline).build();
  }

  /** Starts a sink with other limits; parameters are those of {@link #of}. */
  public static Builder builder(MeterRegistry registry, String pipeline) {
    return new Builder(registry, pipeline);
  }

  @Override
  public void framesRead(String stream, long frames) {
    CameraMeters camera = cameras.of(stream);
    if (camera != null) {
      camera.read(frames);
    }
  }

  @Override
  public void framesDropped(String stream, DropReason reason, long frames) {
    CameraMeters camera = cameras.of(stream);
    if (camera != null) {
      camera.dropped(reason, frames);
    }
  }

  @Override
  public void frameKept(String stream, Detections found) {
    CameraMeters camera = cameras.of(stream);
    if (camera != null) {
      camera.kept(found);
    }
  }

  @Override
  public void frameFailed(String stream) {
    CameraMeters camera = cameras.of(stream);
    if (camera != null) {
      camera.failed();
    }
  }

  @Override
  public void stageTook(String stream, Stage stage, long nanos) {
    CameraMeters camera = cameras.of(stream);
    if (camera != null) {
      camera.took(stage, nanos);
    }
  }

  @Override
  public void stateChanged(String stream, StreamState state) {
    if (state != StreamState.STOPPED && state != StreamState.FAILED) {
      cameras.welcome(stream);
    }
    CameraMeters camera = cameras.of(stream);
    if (camera != null) {
      camera.live(state == StreamState.LIVE);
    }
  }

  @Override
  public void reconnecting(String stream, SourceException.Kind reason) {
    CameraMeters camera = cameras.of(stream);
    if (camera != null) {
      camera.reconnecting(reason);
    }
  }

  @Override
  public void captureDrift(String stream, long nanos) {
    CameraMeters camera = cameras.of(stream);
    if (camera != null) {
      camera.drift(nanos);
    }
  }

  @Override
  public void removed(String stream) {
    cameras.remove(stream);
  }

  /** Collects limits. */
  public static final class Builder {
    private final MeterRegistry registry;
    private final String pipeline;
    private int maxCameras = 1000;
    private int maxClasses = 100;

    private Builder(MeterRegistry registry, String pipeline) {
      this.registry = requireNonNull(registry, "registry");
      this.pipeline = requireNonNull(pipeline, "pipeline");
    }

    /** Counts so many cameras at once at most; at least 1. Default: 1000. */
    public Builder maxCameras(int cameras) {
      maxCameras = atLeastOne(cameras, "maxCameras");
      return this;
    }

    /** Counts so many classes of a camera by name; at least 1. Default: 100. */
    public Builder maxClasses(int classes) {
      maxClasses = atLeastOne(classes, "maxClasses");
      return this;
    }

    /** Returns the sink. */
    public MicrometerMetricsSink build() {
      return new MicrometerMetricsSink(this);
    }

    private static int atLeastOne(int number, String name) {
      if (number < 1) {
        throw new IllegalArgumentException(name + " must be at least 1, was " + number);
      }
      return number;
    }
  }
}
