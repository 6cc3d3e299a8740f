package io.videoml.pipeline;

import static java.util.Objects.requireNonNull;

import io.videoml.frame.ResumePosition;
import io.videoml.metrics.MetricsSink;
import io.videoml.resilience.Resilience;
import io.videoml.sampling.FrameSampler;
import io.videoml.source.FrameSource;
import java.io.Serializable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Describes a pipeline: data and factories, no live objects. Cheap, immutable, serializable if its
 * parts are; can be run any number of times, here or elsewhere.
 *
 * <p>Threading: immutable; each run has threads of its own.
 */
public final class PipelineSpec implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final FrameSource source;
  private final SerializableSupplier<FrameSampler> sampler;
  private final Cascade cascade;
  private final List<SerializableSupplier<? extends ResultSink>> sinks;
  private final SerializableSupplier<MetricsSink> metrics;
  private final CorruptFrames corruptFrames;
  private final long maxFrames;
  private final @Nullable Duration maxDuration;
  private final @Nullable ResumePosition from;
  private final Resilience resilience;

  PipelineSpec(
      PipelineBuilder builder, FrameSource source, Cascade cascade, Resilience resilience) {
    this.name = builder.name;
    this.source = source;
    this.sampler = builder.sampler;
    this.cascade = cascade;
    this.sinks = List.copyOf(builder.sinks);
    this.metrics = builder.metrics;
    this.corruptFrames = builder.corruptFrames;
    this.maxFrames = builder.maxFrames;
    this.maxDuration = builder.maxDuration;
    this.from = builder.from;
    this.resilience = resilience;
  }

  /** Returns the name of the stream. */
  public String name() {
    return name;
  }

  /** Returns where frames come from. */
  public FrameSource source() {
    return source;
  }

  /**
   * Runs in this process and waits for the end. An interrupt stops the run and stays set.
   *
   * @return how the stream ended; failing streams are results, not exceptions
   * @throws RuntimeException if a detector, uplink, sampler or sink cannot be made; nothing was
   *     started then
   */
  public RunResult run() {
    try (PipelineRun run = start()) {
      return run.await();
    }
  }

  /**
   * Makes detectors, uplinks, sampler and sinks on the calling thread, then starts reading on
   * threads of its own.
   *
   * @throws RuntimeException if a detector, uplink, sampler or sink cannot be made; nothing was
   *     started then
   */
  public PipelineRun start() {
    return start(RunHost.ALONE);
  }

  /** As {@link #start()}, beside other runs of one host, which shares turns and detectors out. */
  public PipelineRun start(RunHost host) {
    return PipelineRun.start(this, requireNonNull(host, "host"));
  }

  /**
   * Returns the parts that must be able to travel, by the name of the builder's method and, where
   * that can be called often, its number or the stage of the cascade; for assertions in tests.
   */
  public Map<String, Object> parts() {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("source", source);
    parts.put("sample", sampler);
    parts.putAll(cascade.parts());
    int listeners = 0;
    int others = 0;
    for (SerializableSupplier<? extends ResultSink> sink : sinks) {
      if (sink instanceof ListenerStage stage) {
        parts.put("onResult #" + ++listeners, stage.listener());
      } else {
        parts.put("sink #" + ++others, sink);
      }
    }
    parts.put("metrics", metrics);
    return parts;
  }

  SerializableSupplier<FrameSampler> sampler() {
    return sampler;
  }

  Cascade cascade() {
    return cascade;
  }

  List<SerializableSupplier<? extends ResultSink>> sinks() {
    return sinks;
  }

  SerializableSupplier<MetricsSink> metrics() {
    return metrics;
  }

  CorruptFrames corruptFrames() {
    return corruptFrames;
  }

  long maxFrames() {
    return maxFrames;
  }

  Optional<Duration> maxDuration() {
    return Optional.ofNullable(maxDuration);
  }

  Resilience resilience() {
    return resilience;
  }

  Optional<ResumePosition> from() {
    return Optional.ofNullable(from);
  }
}
