/**
 * Decides which frames are worth inference.
 *
 * <p>Start at {@link io.videoml.sampling.FrameSampler}: its static methods make the built-in ones,
 * its other methods combine them, and a lambda is one. Depends on {@code io.videoml.motion}, {@code
 * io.videoml.detect}, {@code io.videoml.source} and {@code io.videoml.frame}.
 */
@NullMarked
package io.videoml.sampling;

import org.jspecify.annotations.NullMarked;
