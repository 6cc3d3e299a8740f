package io.videoml.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Follows damage from the frame that has it to those that refer to it: up to the next whole key
 * frame.
 */
final class KeyFrameWatch {
  private boolean damaged;

  /** Notes that something could not be decoded. */
  void damaged() {
    damaged = true;
  }

  /**
   * Returns whether the next frame in presentation order is damaged, or may refer to one that is.
   */
  boolean corrupt(AVFrame frame, boolean keyFrame) {
    boolean itself =
        (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0 || frame.decode_error_flags() != 0;
    if (itself) {
      damaged = true;
    } else if (keyFrame) {
      damaged = false;
    }
    return damaged;
  }
}
