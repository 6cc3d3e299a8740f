/**
 * What happens to frames and how long it takes, as numbers.
 *
 * <p>Start at {@link io.videoml.metrics.MetricsSink} to receive them and at {@link
 * io.videoml.metrics.LatencyTracker} to read percentiles. Depends on {@code io.videoml.source},
 * {@code io.videoml.resilience} and {@code io.videoml.detect}, whose words it counts by.
 */
@NullMarked
package io.videoml.metrics;

import org.jspecify.annotations.NullMarked;
