/**
 * Says what is wrong with a machine or a stream, and what to do about it.
 *
 * <p>Start at {@link io.videoml.doctor.StreamCheckup}, which measures, and {@link
 * io.videoml.doctor.Diagnosis}, which judges. Depends on {@code io.videoml.frame}, {@code
 * io.videoml.source} and {@code io.videoml.resilience}.
 */
@NullMarked
package io.videoml.doctor;

import org.jspecify.annotations.NullMarked;
