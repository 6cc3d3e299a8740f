package io.videoml.pipeline;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.videoml.detect.Detector;
import io.videoml.frame.ResumePosition;
import io.videoml.metrics.MetricsSink;
import io.videoml.resilience.Resilience;
import io.videoml.sampling.FrameSampler;
import io.videoml.source.FrameSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the parts of a {@link PipelineSpec}. Does no I/O.
 *
 * <p>Threading: one thread.
 */
public final class PipelineBuilder {
  final String name;
  @Nullable FrameSource source;
  SerializableSupplier<FrameSampler> sampler = FrameSampler::all;
  private @Nullable Cascade detect;
  private @Nullable Cascade cascade;
  final List<SerializableSupplier<? extends ResultSink>> sinks = new ArrayList<>();
  SerializableSupplier<MetricsSink> metrics = MetricsSink::none;
  CorruptFrames corruptFrames = CorruptFrames.WAIT_FOR_KEY_FRAME;
  long maxFrames = Long.MAX_VALUE;
  @Nullable Duration maxDuration;
  @Nullable ResumePosition from;
  private @Nullable Resilience resilience;

  PipelineBuilder(String name) {
    if (requireNonNull(name, "name").isBlank()) {
      throw new IllegalArgumentException("a pipeline needs a name that is not blank");
    }
    this.name = name;
  }

  /** Reads from this source. Required. */
  public PipelineBuilder source(FrameSource frames) {
    this.source = requireNonNull(frames, "source");
    return this;
  }

  /**
   * Samples with what this makes, once per run and again where the stream changes its size or
   * format. Default: every frame.
   */
  public PipelineBuilder sample(SerializableSupplier<FrameSampler> factory) {
    this.sampler = requireNonNull(factory, "sampler");
    return this;
  }

  /**
   * Detects with what this makes, once per process. Default: no detection, and kept frames are the
   * results.
   *
   * @param key pipelines that give the same key share one detector, made by the first and closed
   *     after the last
   */
  public PipelineBuilder detect(String key, SerializableSupplier<? extends Detector> factory) {
    this.detect = Cascade.detect(key, factory);
    return this;
  }

  /**
   * Takes kept frames through these stages, in place of {@link #detect}; those that come through to
   * the end are the results. Default: no stages.
   */
  public PipelineBuilder cascade(Cascade stages) {
    this.cascade = requireNonNull(stages, "stages");
    return this;
  }

  /** Hands every result to the listener, in the order of the stream. */
  public PipelineBuilder onResult(ResultListener listener) {
    requireNonNull(listener, "listener");
    return sink(new ListenerStage(listener));
  }

  /**
   * Hands every result, with its frame, to a sink that is made when the run starts and closed when
   * it ends.
   */
  public PipelineBuilder sink(SerializableSupplier<? extends ResultSink> factory) {
    sinks.add(requireNonNull(factory, "sink"));
    return this;
  }

  /** Counts and times into this sink, made when the run starts. Default: none. */
  public PipelineBuilder metrics(SerializableSupplier<MetricsSink> factory) {
    this.metrics = requireNonNull(factory, "metrics");
    return this;
  }

  /** Says what happens to damaged frames. Default: dropped until an intact key frame. */
  public PipelineBuilder corruptFrames(CorruptFrames policy) {
    this.corruptFrames = requireNonNull(policy, "policy");
    return this;
  }

  /**
   * Ends the run after so many frames of the stream, kept or not; at least 1. Default: no limit.
   */
  public PipelineBuilder stopAfter(long frames) {
    if (frames < 1) {
      throw new IllegalArgumentException(
          "a run needs at least one frame, was told to stop after " + frames);
    }
    this.maxFrames = frames;
    return this;
  }

  /**
   * Ends the run before the first frame at or beyond this media time; positive. Default: no limit.
   */
  public PipelineBuilder stopAfter(Duration mediaTime) {
    if (mediaTime.isNegative() || mediaTime.isZero()) {
      throw new IllegalArgumentException("a run needs a positive duration, was " + mediaTime);
    }
    this.maxDuration = mediaTime;
    return this;
  }

  /**
   * Goes on after this position, of a result of an earlier run on the same source. Default: start,
   * or now if live.
   */
  public PipelineBuilder resumeFrom(ResumePosition position) {
    this.from = requireNonNull(position, "position");
    return this;
  }

  /**
   * Says how the stream is kept alive. Default: {@link Resilience#defaultFor}, so that a camera is
   * connected to again for ever, and the end or failure of a file ends the run.
   */
  public PipelineBuilder resilience(Resilience survival) {
    this.resilience = requireNonNull(survival, "survival");
    return this;
  }

  /**
   * Returns the description.
   *
   * @throws IllegalStateException naming the part that is missing or one too many
   */
  public PipelineSpec build() {
    if (source == null) {
      throw new IllegalStateException("pipeline " + name + " has no source; call source(...)");
    }
    if (detect != null && cascade != null) {
      throw new IllegalStateException(
          "pipeline " + name + " has both detect and cascade; put the detector into the cascade");
    }
    Cascade stages = requireNonNullElse(cascade, requireNonNullElse(detect, Cascade.NONE));
    stages.check(name);
    Resilience survival = requireNonNullElse(resilience, Resilience.defaultFor(source));
    return new PipelineSpec(this, source, stages, survival);
  }
}
