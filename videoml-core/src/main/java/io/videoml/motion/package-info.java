/**
 * Measures how much changes from one picture to the next, on the luma plane in place.
 *
 * <p>Start at {@link io.videoml.motion.MotionMeter}. Samplers decide by it which frames to keep,
 * and sources when to wake. Depends on {@code io.videoml.frame} only.
 */
@NullMarked
package io.videoml.motion;

import org.jspecify.annotations.NullMarked;
