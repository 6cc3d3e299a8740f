package io.videoml.ffmpeg;

import io.videoml.frame.ResumePosition;
import io.videoml.packet.PacketInfo;
import org.jspecify.annotations.Nullable;

/**
 * What the reader of a packet says of it, where that is not FFmpeg.
 *
 * @param position where the reader can go on after it; null where it cannot
 */
record Origin(PacketInfo info, @Nullable ResumePosition position) {}
