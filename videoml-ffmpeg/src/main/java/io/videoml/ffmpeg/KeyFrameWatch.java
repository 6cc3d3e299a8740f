package io.videoml.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Follows damage from the frame that has it to those that refer to it: up to the next whole key
 * frame.
 */
final class KeyFrameWatch {
  private boolean damaged;
  private int rejected;

  /**
   * Returns whether the next frame in presentation order is damaged, or may refer to one that is.
   *
   * @param rejectedSoFar how many packets could not be decoded at all
   */
  boolean corrupt(AVFrame frame, boolean keyFrame, int rejectedSoFar) {
    boolean itself =
        (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0 || frame.decode_error_flags() != 0;
    if (itself || rejectedSoFar != rejected) {
      damaged = true;
    }
    if (keyFrame && !itself) {
      damaged = false;
    }
    rejected = rejectedSoFar;
    return damaged;
  }
}
