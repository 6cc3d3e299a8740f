/**
 * What cameras do to videoml, and what it costs: a soak with random faults, and latency.
 *
 * <p>Started by {@code benchmarks/cameras}. Depends on everything.
 */
@NullMarked
package io.videoml.benchmarks.cameras;

import org.jspecify.annotations.NullMarked;
