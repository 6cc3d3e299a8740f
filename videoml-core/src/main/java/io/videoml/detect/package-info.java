/**
 * Objects found in frames.
 *
 * <p>Start at {@link io.videoml.detect.Detector}. Coordinates are pixels of the source frame as
 * displayed, everywhere. Depends on {@code io.videoml.frame}.
 */
@NullMarked
package io.videoml.detect;

import org.jspecify.annotations.NullMarked;
