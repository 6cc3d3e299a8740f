/**
 * A real RTSP camera that misbehaves on request, for testing whatever reads from cameras.
 *
 * <p>Start at {@link io.videoml.testkit.rtsp.FaultyRtspServer}. It runs GStreamer in a process of
 * its own, so that no fault of it reaches the tests. Needs JNA on the class path and GStreamer's
 * RTSP server on the machine. May depend on core and JNA.
 */
@NullMarked
package io.videoml.testkit.rtsp;

import org.jspecify.annotations.NullMarked;
