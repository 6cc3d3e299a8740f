package io.videoml.motion;

import io.videoml.frame.FrameInfo;

/** Says which frames can be compared by their levels. */
final class Likeness {
  private Likeness() {}

  static boolean same(FrameInfo one, FrameInfo other) {
    return one.sameFormat(other) && one.colorSpace().equals(other.colorSpace());
  }
}
