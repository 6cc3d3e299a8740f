package io.videoml.pipeline;

import java.io.Serializable;
import java.util.function.Supplier;

/**
 * A supplier that can travel to the machine that runs the pipeline, if what it captures can.
 *
 * @param <T> what it makes
 */
@FunctionalInterface
public interface SerializableSupplier<T> extends Supplier<T>, Serializable {}
