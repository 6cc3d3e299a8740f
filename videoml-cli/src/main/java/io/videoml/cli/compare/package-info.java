/**
 * What sampling strategies save on one video, and what they miss: {@code bench --compare}.
 *
 * <p>Start at {@link io.videoml.cli.compare.Comparison}. May use {@code io.videoml.cli.run} and
 * below.
 */
@NullMarked
package io.videoml.cli.compare;

import org.jspecify.annotations.NullMarked;
