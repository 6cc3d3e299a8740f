/**
 * One picture of a stream: its planes, its time, and how it becomes a model input.
 *
 * <p>Start at {@link io.videoml.frame.Frame}. Frames are lent: valid until the callback that
 * received them returns. Depends on {@code io.videoml.tensor} only.
 */
@NullMarked
package io.videoml.frame;

import org.jspecify.annotations.NullMarked;
