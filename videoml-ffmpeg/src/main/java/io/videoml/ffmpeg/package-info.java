/**
 * Reads, inspects and writes video with FFmpeg: files, RTSP, HLS, DASH, UDP, SRT.
 *
 * <p>May depend on core and on the bytedeco {@code ffmpeg} preset.
 */
@NullMarked
package io.videoml.ffmpeg;

import org.jspecify.annotations.NullMarked;
