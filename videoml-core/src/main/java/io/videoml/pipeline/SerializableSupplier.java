package io.videoml.pipeline;

import java.io.Serializable;
import java.util.function.Supplier;

/**
 * A supplier that can travel to the machine that runs the pipeline, if what it captures can.
 *
 * <p>Threading: safe; runs of one description may ask at the same time.
 *
 * @param <T> what it makes
 */
@FunctionalInterface
public interface SerializableSupplier<T> extends Supplier<T>, Serializable {}
