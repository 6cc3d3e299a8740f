package io.videoml.doctor;

import io.videoml.frame.CaptureClock;
import io.videoml.frame.ColorSpace;
import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.Plane;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What pictures look like, by some hundred samples of luma in a few of them.
 *
 * <p>Threading: one thread.
 */
final class Pixels {
  private static final int COLUMNS = 40;
  private static final int ROWS = 24;
  private static final long LOOK_NANOS = 200_000_000;

  /** Frames at the start that are all looked at: decoders without a key frame begin grey. */
  private static final int START = 25;

  /** Overshoot of encoders does not reach so far beyond 16 and 235. */
  private static final int BLACK = 5;

  private static final int WHITE = 250;

  private long frames;
  private long looked;
  private long lookedNanos;
  private long samples;
  private long black;
  private long white;
  private long blankAtStart;
  private boolean pictureCame;
  private @Nullable FrameInfo last;

  void frame(Frame frame) {
    FrameInfo info = frame.info();
    last = info;
    long now = info.time().arrivalNanos();
    boolean start = frames++ < START;
    if (!info.format().hasLumaPlane() || (!start && looked > 0 && now - lookedNanos < LOOK_NANOS)) {
      return;
    }
    looked++;
    lookedNanos = now;
    boolean blank = look(frame.plane(0), info);
    if (!blank && !info.corrupt()) {
      pictureCame = true;
    } else if (blank && !info.corrupt() && !pictureCame) {
      blankAtStart++;
    }
  }

  /** Returns whether it is of one grey, or of the green of a buffer that nobody wrote to. */
  private boolean look(Plane luma, FrameInfo info) {
    ByteBuffer pixels = luma.data();
    int least = 255;
    int most = 0;
    for (int row = 0; row < ROWS; row++) {
      int line = (int) ((long) row * info.height() / ROWS) * luma.rowStride();
      for (int column = 0; column < COLUMNS; column++) {
        int level = pixels.get(line + (int) ((long) column * info.width() / COLUMNS)) & 0xff;
        least = Math.min(least, level);
        most = Math.max(most, level);
        black += level <= BLACK ? 1 : 0;
        white += level >= WHITE ? 1 : 0;
      }
    }
    samples += COLUMNS * ROWS;
    boolean flat = most - least <= 4;
    return flat && (most == 0 || (least >= 120 && most <= 136));
  }

  Optional<StreamReport.Picture> report() {
    FrameInfo info = last;
    if (info == null) {
      return Optional.empty();
    }
    ColorSpace color = info.colorSpace();
    CaptureClock clock = info.time().capturedFrom();
    double all = Math.max(1, samples);
    return Optional.of(
        new StreamReport.Picture(
            color, clock, black / all, white / all, pictureCame ? blankAtStart : 0));
  }
}
