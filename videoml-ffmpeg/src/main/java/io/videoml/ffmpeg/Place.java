package io.videoml.ffmpeg;

import org.jspecify.annotations.Nullable;

/**
 * Where a picture stands in its stream, and what else is known of it.
 *
 * @param index its position, in presentation order
 * @param nanos its media time
 * @param arrivalNanos when it had been read
 * @param capturedMicros when it was taken, by the camera's clock, since 1970; {@link
 *     SenderTime#UNKNOWN} where the camera does not say
 * @param origin what somebody else said of its packet; null where FFmpeg read it
 * @param decodeNanos time spent on decoding since the picture before
 * @param keyFrame whether it needs no other
 * @param corrupt whether it, or one that it refers to, is damaged
 * @param token where reading goes on after it; null where it cannot
 */
record Place(
    long index,
    long nanos,
    long arrivalNanos,
    long capturedMicros,
    @Nullable Origin origin,
    long decodeNanos,
    boolean keyFrame,
    boolean corrupt,
    @Nullable FrameToken token) {}
