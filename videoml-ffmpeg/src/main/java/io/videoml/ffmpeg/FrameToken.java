package io.videoml.ffmpeg;

import io.videoml.frame.ResumePosition;

/** Where reading can go on after a frame; becomes text only when somebody asks. */
sealed interface FrameToken permits ResumeToken, PacketToken {
  ResumePosition position();
}
