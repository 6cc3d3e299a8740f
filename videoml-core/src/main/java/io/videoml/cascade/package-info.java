/**
 * What lets a frame go on from one stage of a cascade to the next: conditions and budgets.
 *
 * <p>Start at {@link io.videoml.cascade.Match} and {@link io.videoml.cascade.Budget}; the cascade
 * itself is {@code io.videoml.pipeline.Cascade}. Depends on {@code io.videoml.detect}.
 */
@NullMarked
package io.videoml.cascade;

import org.jspecify.annotations.NullMarked;
