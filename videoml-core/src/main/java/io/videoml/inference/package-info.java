/**
 * From pictures to boxes with any model: preprocessing, an engine that runs the model, and heads
 * that read its output.
 *
 * <p>Start at {@code ModelDetector}. Engines live in modules of their own and implement {@link
 * io.videoml.inference.InferenceEngine}; heads implement {@link io.videoml.inference.ModelHead}.
 * Depends on {@code io.videoml.detect}, {@code io.videoml.frame} and {@code io.videoml.tensor}.
 */
@NullMarked
package io.videoml.inference;

import org.jspecify.annotations.NullMarked;
