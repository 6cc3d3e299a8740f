package io.videoml.metrics;

/** The sink that does nothing. */
enum NoMetrics implements MetricsSink {
  INSTANCE
}
