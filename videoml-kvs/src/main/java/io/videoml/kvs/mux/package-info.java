/**
 * Puts encoded packets into the Matroska that the service takes: {@link
 * io.videoml.kvs.mux.PacketConverter} and {@link io.videoml.kvs.mux.FragmentBytes}. Serves this
 * module's other packages, and may change. Depends on the JDK and core's packets.
 */
@NullMarked
package io.videoml.kvs.mux;

import org.jspecify.annotations.NullMarked;
