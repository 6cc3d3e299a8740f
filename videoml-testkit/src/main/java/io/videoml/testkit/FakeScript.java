package io.videoml.testkit;

import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a fake source does at which frame. */
final class FakeScript implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int NEVER = Integer.MAX_VALUE;

  final String id;
  final TestClip clip;
  boolean live;
  boolean endless;
  boolean hangOnOpen;
  FakeFrameSource.Hook onOpen = () -> {};
  final Map<Integer, FakeFrameSource.Hook> hooks = new HashMap<>();
  final Set<Integer> corrupt = new HashSet<>();
  int hangAt = NEVER;
  int resizeAt = NEVER;
  int newWidth;
  int newHeight;
  int restartTimeAt = NEVER;
  int movesFrom = NEVER;
  int movesUntil = NEVER;

  FakeScript(String id, TestClip clip) {
    this.id = id;
    this.clip = clip;
  }

  FakeScript copy() {
    FakeScript copy = new FakeScript(id, clip);
    copy.live = live;
    copy.endless = endless;
    copy.hangOnOpen = hangOnOpen;
    copy.onOpen = onOpen;
    copy.hooks.putAll(hooks);
    copy.corrupt.addAll(corrupt);
    copy.hangAt = hangAt;
    copy.resizeAt = resizeAt;
    copy.newWidth = newWidth;
    copy.newHeight = newHeight;
    copy.restartTimeAt = restartTimeAt;
    copy.movesFrom = movesFrom;
    copy.movesUntil = movesUntil;
    return copy;
  }

  boolean knowsWhatMoves() {
    return movesFrom != NEVER;
  }

  /**
   * Returns whether a frame comes while the source is awake: from the key frame before it moves.
   */
  boolean awake(int frame) {
    int keyFrameBefore = movesFrom / clip.gop() * clip.gop();
    return !knowsWhatMoves() || (frame >= keyFrameBefore && frame < movesUntil);
  }

  int width(int frame) {
    return frame >= resizeAt ? newWidth : clip.width();
  }

  int height(int frame) {
    return frame >= resizeAt ? newHeight : clip.height();
  }

  /** Returns the description of a frame that was the {@code index}-th of its reading. */
  FrameInfo info(int frame, int index) {
    FrameInfo plain = clip.info(frame, width(frame), height(frame), corrupt.contains(frame));
    FrameTime time = plain.time();
    if (frame >= restartTimeAt) {
      time =
          new FrameTime(
              clip.pts(frame - restartTimeAt),
              time.captured(),
              time.capturedFrom(),
              time.arrivalNanos());
    }
    return new FrameInfo(
        index,
        plain.width(),
        plain.height(),
        plain.format(),
        plain.colorSpace(),
        time,
        plain.keyFrame(),
        plain.corrupt(),
        plain.decodeNanos());
  }
}
