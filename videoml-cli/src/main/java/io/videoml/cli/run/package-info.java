/**
 * What commands do with options: put a pipeline together, run it, and say how it went.
 *
 * <p>Start at {@link io.videoml.cli.run.StreamJob}; what a pipeline is made of comes from {@link
 * io.videoml.cli.run.Parts}. Depends on {@code process}, {@code options} and {@code output}, and on
 * the source and detector modules.
 */
@NullMarked
package io.videoml.cli.run;

import org.jspecify.annotations.NullMarked;
