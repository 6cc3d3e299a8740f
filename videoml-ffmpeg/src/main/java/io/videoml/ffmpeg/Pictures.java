package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import io.videoml.frame.PixelFormat;
import io.videoml.tensor.Resampling;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Converts the pictures of one reader, and keeps the scalers for the next.
 *
 * <p>Lives as long as its reader and the frames shared from it. Threading: any; no two threads use
 * one scaler at a time.
 */
final class Pictures implements AutoCloseable {
  private static final int MAX_IDLE = 4;

  private final AtomicInteger holders = new AtomicInteger(1);
  private final Deque<Scaler> idle = new ArrayDeque<>();

  /** Adds a holder, who calls {@link #close} once. */
  void retain() {
    holders.incrementAndGet();
  }

  /** Returns a scaler for the task, to be given back. */
  Scaler take(Scaler.Task task) {
    synchronized (idle) {
      for (Iterator<Scaler> scalers = idle.iterator(); scalers.hasNext(); ) {
        Scaler scaler = scalers.next();
        if (scaler.task().equals(task)) {
          scalers.remove();
          return scaler;
        }
      }
    }
    return new Scaler(task);
  }

  void giveBack(Scaler scaler) {
    Scaler surplus;
    synchronized (idle) {
      idle.addFirst(scaler);
      surplus = idle.size() > MAX_IDLE ? idle.removeLast() : null;
    }
    if (surplus != null) {
      surplus.close();
    }
  }

  /**
   * Returns a picture as displayed, in one of the formats of {@link PixelFormat}; the caller frees
   * it.
   */
  AVFrame shown(AVFrame decoded, Layout layout) {
    if (layout.planar420()) {
      return Turner.turn(decoded, layout);
    }
    AVFrame upright = converted(decoded, layout);
    if (layout.orientation().equals(Orientation.UPRIGHT)) {
      return upright;
    }
    try {
      return Turner.turn(upright, layout);
    } finally {
      av_frame_free(upright);
    }
  }

  private AVFrame converted(AVFrame decoded, Layout layout) {
    AVFrame upright = allocate(layout.width(), layout.height());
    try {
      Scaler scaler =
          take(
              new Scaler.Task(
                  layout.format(),
                  layout.width(),
                  layout.height(),
                  layout.colors(),
                  AV_PIX_FMT_YUV420P,
                  layout.width(),
                  layout.height(),
                  layout.colors(),
                  Resampling.AREA));
      for (int i = 0; i < 3; i++) {
        scaler.plane(i, upright.data(i), upright.linesize(i));
      }
      scaler.run(decoded);
      giveBack(scaler);
      return upright;
    } catch (RuntimeException | Error e) {
      av_frame_free(upright);
      throw e;
    }
  }

  /** Returns an empty I420 picture. */
  static AVFrame allocate(int width, int height) {
    AVFrame frame = av_frame_alloc();
    frame.format(AV_PIX_FMT_YUV420P);
    frame.width(width);
    frame.height(height);
    try {
      PixelMemory.lend(new Geometry(null, AV_PIX_FMT_YUV420P, width, height), frame);
      return frame;
    } catch (RuntimeException | Error e) {
      av_frame_free(frame);
      throw e;
    }
  }

  @Override
  public void close() {
    if (holders.decrementAndGet() == 0) {
      idle.forEach(Scaler::close);
    }
  }
}
