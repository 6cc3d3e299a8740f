/**
 * Reads cameras and other streams with GStreamer.
 *
 * <p>Start at {@link io.videoml.gstreamer.RtspSource} or {@link
 * io.videoml.gstreamer.GStreamerSource}; {@link io.videoml.gstreamer.GStreamerSupport} says what
 * this machine can do. May depend on core and on JNA.
 */
@NullMarked
package io.videoml.gstreamer;

import org.jspecify.annotations.NullMarked;
