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
  private static final int LOOKS_PER_LIMIT = 8;

  /**
   * Levels that a sample may differ by and still be the same: encoding a frozen picture anew, at
   * each key frame, moves levels by as much.
   */
  private static final int SAME = 2;

  /** Share of the samples that must differ. */
  private static final double CHANGED_SHARE = 0.02;

  private final long limitNanos;
  private final long lookNanos;
  private final byte[] samples = new byte[COLUMNS * ROWS];
  private @Nullable FrameInfo like;
  private long sinceNanos;
  private long lookedNanos;
  private boolean changed;

  FrozenPicture(Duration limit) {
    limitNanos = limit.toNanos();
    lookNanos = Math.min(LOOK_NANOS, limitNanos / LOOKS_PER_LIMIT);
  }

  /** Forgets what it saw. */
  void forget() {
    like = null;
    changed = false;
  }

  /** Returns whether it saw the picture change. */
  boolean changed() {
    return changed;
  }

  /**
   * Looks at a frame, and returns whether the picture has been the same for too long.
   *
   * @param now of a clock that runs while the source is waited for, in nanoseconds
   */
  boolean frozen(Frame frame, long now) {
    FrameInfo info = frame.info();
    FrameInfo before = like;
    if (before != null && before.sameFormat(info) && now - lookedNanos < lookNanos) {
      return false;
    }
    lookedNanos = now;
    boolean first = before == null || !before.sameFormat(info);
    if (first || differing(frame) >= CHANGED_SHARE * samples.length) {
      changed |= before != null;
      remember(frame);
      like = info;
      sinceNanos = now;
    }
    return now - sinceNanos >= limitNanos;
  }

  private int differing(Frame frame) {
    int differing = 0;
    Samples levels = new Samples(frame);
    for (int i = 0; i < samples.length; i++) {
      if (Math.abs(levels.at(i) - (samples[i] & 0xff)) > SAME) {
        differing++;
      }
    }
    return differing;
  }

  private void remember(Frame frame) {
    Samples levels = new Samples(frame);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) levels.at(i);
    }
  }

  /** Levels of a grid of pixels of a frame: luma, or the first channel where there is no luma. */
  private static final class Samples {
    private final FrameInfo info;
    private final ByteBuffer pixels;
    private final int rowStride;
    private final int bytesPerPixel;

    Samples(Frame frame) {
      Plane plane = frame.plane(0);
      info = frame.info();
      pixels = plane.data();
      rowStride = plane.rowStride();
      bytesPerPixel = info.format().hasLumaPlane() ? 1 : 3;
    }

    int at(int index) {
      int row = index / COLUMNS;
      int y = (int) ((row + 0.5) * info.height() / ROWS);
      int x = (int) ((index % COLUMNS + 0.5) * info.width() / COLUMNS);
      return pixels.get(y * rowStride + x * bytesPerPixel) & 0xff;
    }
  }
}
