/**
 * Metrics of streams for Micrometer, and for Prometheus over HTTP.
 *
 * <p>Start at {@link io.videoml.micrometer.MicrometerMetricsSink}, which works with any registry;
 * {@link io.videoml.micrometer.PrometheusEndpoint} lets a Prometheus registry be scraped. May
 * depend on core, Micrometer and {@code jackson-core}. Not named after the module, since {@code
 * io.videoml.metrics} is core's, and no package is in two modules.
 */
@NullMarked
package io.videoml.micrometer;

import org.jspecify.annotations.NullMarked;
