package io.videoml.testkit.faults;

import io.videoml.frame.CaptureClock;
import io.videoml.frame.ColorSpace;
import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import io.videoml.frame.OwnedFrame;
import io.videoml.frame.PixelFormat;
import io.videoml.frame.ResumePosition;
import io.videoml.testkit.TestClip;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The frames of one connection, numbered from 0. */
record FaultyFrames(
    TestClip clip, Behaviour behaviour, long start, boolean endless, boolean resuming) {

  /** Returns whether the clip is over before this frame. */
  boolean over(long frame) {
    return !endless && start + frame >= clip.frames();
  }

  boolean key(long frame) {
    return clip.keyFrame(shown(frame));
  }

  /** Returns whether no other frame refers to it. */
  boolean alone(long frame) {
    return shown(frame) % clip.gop() % 2 == 1;
  }

  int width(long frame) {
    return frame >= behaviour.resizedFrom ? behaviour.width : clip.width();
  }

  int height(long frame) {
    return frame >= behaviour.resizedFrom ? behaviour.height : clip.height();
  }

  Optional<ResumePosition> position(long frame) {
    return resuming ? Optional.of(FaultyFrameSource.position(start + frame)) : Optional.empty();
  }

  OwnedFrame make(long frame) {
    FrameInfo info =
        new FrameInfo(
            frame,
            width(frame),
            height(frame),
            PixelFormat.I420,
            ColorSpace.BT601_LIMITED,
            time(frame),
            key(frame),
            corrupt(frame),
            /* decodeNanos= */ 0);
    int picture = (int) (shown(Math.min(frame, behaviour.frozenFrom)) % clip.frames());
    return Frame.of(info, clip.pixels(picture, info.width(), info.height()));
  }

  private long shown(long frame) {
    return start + frame + (behaviour.joinsMidGop ? (clip.gop() + 1) / 2 : 0);
  }

  private boolean corrupt(long frame) {
    boolean damaged = frame >= behaviour.corruptFrom && frame < behaviour.corruptUntil;
    return damaged || (behaviour.joinsMidGop && shown(frame) < keyFrameAfter(shown(0)));
  }

  private long keyFrameAfter(long shown) {
    return (shown + clip.gop() - 1) / clip.gop() * clip.gop();
  }

  private FrameTime time(long frame) {
    boolean jumped = frame >= behaviour.clockJumpsAt;
    Duration media = clip.pts(resuming ? start + frame : frame);
    if (jumped) {
      media = media.plus(behaviour.mediaJump);
      if (media.isNegative()) {
        media = clip.pts(frame - behaviour.clockJumpsAt);
      }
    }
    Instant now = Instant.now();
    return new FrameTime(
        media,
        jumped ? now.plus(behaviour.captureJump) : now,
        endless ? CaptureClock.RTCP_SENDER : CaptureClock.ARRIVAL,
        System.nanoTime());
  }
}
