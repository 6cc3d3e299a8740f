/**
 * A camera in memory that misbehaves as it is told, for testing whatever must survive cameras.
 *
 * <p>Start at {@link io.videoml.testkit.faults.FaultyFrameSource}. Depends on core and on {@code
 * io.videoml.testkit}.
 */
@NullMarked
package io.videoml.testkit.faults;

import org.jspecify.annotations.NullMarked;
