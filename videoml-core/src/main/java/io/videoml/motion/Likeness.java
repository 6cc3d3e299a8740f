package io.videoml.motion;

import io.videoml.frame.FrameInfo;

/** Says which frames can be compared by their levels. */
final class Likeness {
  private Likeness() {}

  static boolean same(FrameInfo one, FrameInfo other) {
    return one.width() == other.width()
        && one.height() == other.height()
        && one.format() == other.format()
        && one.colorSpace().equals(other.colorSpace());
  }
}
