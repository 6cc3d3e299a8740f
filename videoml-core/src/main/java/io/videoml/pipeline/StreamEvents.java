package io.videoml.pipeline;

import io.videoml.metrics.MetricsSink;
import io.videoml.resilience.StreamObserver;
import io.videoml.resilience.StreamStatus;
import io.videoml.source.SourceException;
import io.videoml.source.StreamInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells sinks and metrics what becomes of a stream. */
final class StreamEvents implements StreamObserver {
  private final String stream;
  private final Sinks sinks;
  private final Supplier<MetricsSink> metrics;
  private @Nullable String codec;
  private volatile boolean connected;

  StreamEvents(String stream, Sinks sinks, Supplier<MetricsSink> metrics) {
    this.stream = stream;
    this.sinks = sinks;
    this.metrics = metrics;
  }

  /** Returns whether a connection is open. */
  boolean connected() {
    return connected;
  }

  @Override
  public void onConnected(StreamInfo info) {
    connected = true;
    sinks.event(PipelineEvent.Type.CONNECTED, describe(info));
    String before = codec;
    codec = info.codec();
    if (before != null && !before.equals(codec)) {
      sinks.event(PipelineEvent.Type.FORMAT_CHANGED, before + " to " + codec);
    }
  }

  private static String describe(StreamInfo info) {
    Optional<String> device = info.hardware();
    return "%s %dx%d, decoder %s%s"
        .formatted(
            info.codec(),
            info.width(),
            info.height(),
            info.decoder(),
            device.map(name -> " on " + name).orElse(""));
  }

  @Override
  public void onDisconnected(SourceException why) {
    connected = false;
    sinks.event(PipelineEvent.Type.DISCONNECTED, cause(why));
  }

  @Override
  public void onReconnecting(SourceException why, int attempt, Duration delay) {
    metrics.get().reconnecting(stream, why.kind());
    sinks.event(
        PipelineEvent.Type.RECONNECTING,
        "attempt %d in %d ms, after %s".formatted(attempt, delay.toMillis(), cause(why)));
  }

  @Override
  public void onState(StreamStatus status) {
    metrics.get().stateChanged(stream, status.state());
  }

  private static String cause(SourceException why) {
    return why.kind().code() + ": " + why.getMessage();
  }
}
