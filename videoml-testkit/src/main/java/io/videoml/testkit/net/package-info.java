/**
 * Faults of the network between any TCP client and its server, on the loopback interface.
 *
 * <p>Start at {@link io.videoml.testkit.net.FaultyRelay}. Knows nothing of what is transferred.
 * Depends on the JDK alone.
 */
@NullMarked
package io.videoml.testkit.net;

import org.jspecify.annotations.NullMarked;
