/**
 * What keeps a stream alive: reconnecting, liveness, taking turns at connecting, and the state of
 * it all.
 *
 * <p>Start at {@link io.videoml.resilience.Resilience}. It works around any {@code FrameSource},
 * which only opens, reads and closes. Depends on {@code io.videoml.frame} and {@code
 * io.videoml.source}.
 */
@NullMarked
package io.videoml.resilience;

import org.jspecify.annotations.NullMarked;
