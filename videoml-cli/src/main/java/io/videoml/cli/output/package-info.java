/**
 * What a command writes: JSON Lines, frames with boxes, key frames.
 *
 * <p>Start at {@link io.videoml.cli.output.JsonLines}. Depends on {@code process}, Jackson and the
 * FFmpeg module.
 */
@NullMarked
package io.videoml.cli.output;

import org.jspecify.annotations.NullMarked;
