/**
 * Heads of well-known model families: how each wants its picture, and what its numbers mean.
 *
 * <p>Start at {@link io.videoml.inference.head.ModelFamily}, the only public type. To read another
 * model, implement {@link io.videoml.inference.ModelHead}. A head sees the model's description and
 * its outputs, and depends on nothing else of {@code io.videoml.inference}.
 */
@NullMarked
package io.videoml.inference.head;

import org.jspecify.annotations.NullMarked;
