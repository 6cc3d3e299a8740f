/**
 * What happens to frames and how long it takes, as numbers.
 *
 * <p>Start at {@link io.videoml.metrics.MetricsSink} to receive them and at {@link
 * io.videoml.metrics.LatencyTracker} to read percentiles. Depends on the JDK and SLF4J only.
 */
@NullMarked
package io.videoml.metrics;

import org.jspecify.annotations.NullMarked;
