/**
 * Where frames come from.
 *
 * <p>Start at {@link io.videoml.source.FrameSource}. A source only opens, reads and closes; staying
 * alive is the business of whoever runs it. Depends on {@code io.videoml.frame}.
 */
@NullMarked
package io.videoml.source;

import org.jspecify.annotations.NullMarked;
