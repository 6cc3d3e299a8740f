/**
 * What {@code doctor} finds out, and how it tells it.
 *
 * <p>Start at {@link io.videoml.cli.doctor.Examination}. The facts and the diagnosis come from core
 * and the modules; here they are only put together. Depends on {@code process}, the source and
 * detector modules, and Jackson.
 */
@NullMarked
package io.videoml.cli.doctor;

import org.jspecify.annotations.NullMarked;
