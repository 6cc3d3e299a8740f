/**
 * Runs detection models with ONNX Runtime.
 *
 * <p>May depend on core and on {@code onnxruntime}; what comes before and after the model is
 * core's.
 */
@NullMarked
package io.videoml.onnx;

import org.jspecify.annotations.NullMarked;
