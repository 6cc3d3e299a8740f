package io.videoml.resilience;

import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.Plane;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a picture stays the same: compares a few hundred levels of a frame with those of the
 * first frame that looked like this.
 *
 * <p>Threading: one thread.
 */
final class FrozenPicture {
  private static final int COLUMNS = 40;
  private static final int ROWS = 24;
  private static final long LOOK_NANOS = Duration.ofMillis(200).toNanos();

  /**
   * Levels that a sample may differ by and still be the same: encoding a frozen picture anew, at
   * each key frame, moves levels by as much.
   */
  private static final int SAME = 2;

  /** Share of the samples that must differ. */
  private static final double CHANGED_SHARE = 0.02;

  private final long limitNanos;
  private final byte[] samples = new byte[COLUMNS * ROWS];
  private @Nullable FrameInfo like;
  private long sinceNanos;
  private long lookedNanos;

  FrozenPicture(Duration limit) {
    limitNanos = limit.toNanos();
  }

  /** Forgets what it saw. */
  void forget() {
    like = null;
  }

  /** Looks at a frame, and returns whether the picture has been the same for too long. */
  boolean frozen(Frame frame) {
    FrameInfo info = frame.info();
    long now = info.time().arrivalNanos();
    FrameInfo before = like;
    if (before != null && before.sameFormat(info) && now - lookedNanos < LOOK_NANOS) {
      return false;
    }
    lookedNanos = now;
    int differing = look(frame, info, before == null || !before.sameFormat(info));
    if (differing >= CHANGED_SHARE * samples.length) {
      look(frame, info, /* remember= */ true);
      like = info;
      sinceNanos = now;
    }
    return now - sinceNanos >= limitNanos;
  }

  private int look(Frame frame, FrameInfo info, boolean remember) {
    Plane plane = frame.plane(0);
    ByteBuffer pixels = plane.data();
    int bytesPerPixel = info.format().hasLumaPlane() ? 1 : 3;
    int differing = 0;
    for (int row = 0; row < ROWS; row++) {
      int line = (int) ((long) row * info.height() / ROWS) * plane.rowStride();
      for (int column = 0; column < COLUMNS; column++) {
        int x = (int) ((long) column * info.width() / COLUMNS) * bytesPerPixel;
        byte level = pixels.get(line + x);
        int at = row * COLUMNS + column;
        if (remember || Math.abs((level & 0xff) - (samples[at] & 0xff)) > SAME) {
          differing++;
        }
        if (remember) {
          samples[at] = level;
        }
      }
    }
    return differing;
  }
}
