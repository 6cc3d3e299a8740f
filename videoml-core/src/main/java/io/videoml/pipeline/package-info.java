/**
 * Puts source, sampler, detector and sinks together, and runs them.
 *
 * <p>Start at {@link io.videoml.pipeline.Pipeline}. A {@link io.videoml.pipeline.PipelineSpec} only
 * describes; a {@link io.videoml.pipeline.PipelineRun} is one execution of it, with its threads and
 * native memory; a {@link io.videoml.pipeline.Cascade} is what becomes of its kept frames. Depends
 * on all packages before it.
 */
@NullMarked
package io.videoml.pipeline;

import org.jspecify.annotations.NullMarked;
