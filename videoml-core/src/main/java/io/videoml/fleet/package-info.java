/**
 * Runs many cameras with one description of a pipeline, in one process: who gets the detector when,
 * who comes and goes, how everyone is doing.
 *
 * <p>Start at {@link io.videoml.fleet.CameraFleet}. Depends on {@code io.videoml.pipeline} and all
 * packages before it.
 */
@NullMarked
package io.videoml.fleet;

import org.jspecify.annotations.NullMarked;
