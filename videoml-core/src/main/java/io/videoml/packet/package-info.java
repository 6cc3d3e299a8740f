/**
 * Video as it was encoded, for those who pass it on without decoding it.
 *
 * <p>Start at {@link io.videoml.packet.PacketSource}. Depends on {@code io.videoml.frame} and
 * {@code io.videoml.source}.
 */
@NullMarked
package io.videoml.packet;

import org.jspecify.annotations.NullMarked;
