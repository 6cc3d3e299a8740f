package io.videoml.sampling;

import io.videoml.frame.CaptureClock;
import io.videoml.frame.ColorSpace;
import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import io.videoml.frame.OwnedFrame;
import io.videoml.frame.PixelFormat;
import java.time.Duration;
import java.time.Instant;

/** Frames that are nothing but their time and place. */
final class SampledFrames {
  private SampledFrames() {}

  static OwnedFrame at(long index, Duration pts) {
    return of(index, pts, Instant.EPOCH, /* keyFrame= */ true);
  }

  static OwnedFrame captured(Instant captured, boolean keyFrame) {
    return of(0, Duration.ZERO, captured, keyFrame);
  }

  private static OwnedFrame of(long index, Duration pts, Instant captured, boolean keyFrame) {
    FrameInfo info =
        new FrameInfo(
            index,
            2,
            2,
            PixelFormat.GRAY8,
            ColorSpace.BT601_LIMITED,
            new FrameTime(pts, captured, CaptureClock.ARRIVAL, /* arrivalNanos= */ 0),
            keyFrame,
            /* corrupt= */ false,
            /* decodeNanos= */ 0);
    return Frame.of(info, new byte[4]);
  }
}
