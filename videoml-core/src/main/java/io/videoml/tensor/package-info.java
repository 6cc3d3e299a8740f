/**
 * The shape, element type and memory of a model's input and output, and where a picture lies in it.
 *
 * <p>Start at {@link io.videoml.tensor.ImageTensor}: the place that a frame writes itself into. The
 * ground floor of the library: depends on nothing but the JDK.
 */
@NullMarked
package io.videoml.tensor;

import org.jspecify.annotations.NullMarked;
