package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NV12;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import io.videoml.frame.ColorSpace;
import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.PixelFormat;
import io.videoml.frame.Plane;
import io.videoml.tensor.Fit;
import io.videoml.tensor.Placement;
import io.videoml.tensor.Resampling;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** An I420 picture of even size, to be drawn on and encoded; holds a copy of a frame. */
final class Canvas implements AutoCloseable {
  private final AVFrame picture;
  private final int width;
  private final int height;
  private final Placement place;

  private Canvas(AVFrame picture, int width, int height, Placement place) {
    this.picture = picture;
    this.width = width;
    this.height = height;
    this.place = place;
  }

  /** Copies a frame; one of another shape is brought to size, with black beside it. */
  static Canvas of(Frame frame, int width, int height, ColorSpace colors, Pictures pictures) {
    FrameInfo info = frame.info();
    boolean fits =
        info.width() <= width
            && info.height() <= height
            && width - info.width() < 2
            && height - info.height() < 2;
    Placement place =
        fits
            ? new Placement(info.width(), info.height(), 0, 0, width, height)
            : even(Fit.LETTERBOX_CENTERED.place(info.width(), info.height(), width, height));
    AVFrame copy = copy(frame);
    Canvas canvas = null;
    try {
      canvas = new Canvas(Pictures.allocate(width, height), width, height, place);
      if (!fits) {
        canvas.fill(0, 0, width, height, Ink.BLACK);
      }
      canvas.paint(copy, info, colors, pictures);
      return canvas;
    } catch (RuntimeException | Error e) {
      if (canvas != null) {
        canvas.close();
      }
      throw e;
    } finally {
      av_frame_free(copy);
    }
  }

  private void paint(AVFrame copy, FrameInfo info, ColorSpace colors, Pictures pictures) {
    Scaler scaler =
        pictures.take(
            new Scaler.Task(
                copy.format(),
                info.width(),
                info.height(),
                info.colorSpace(),
                AV_PIX_FMT_YUV420P,
                place.width(),
                place.height(),
                colors,
                Resampling.AREA));
    try {
      for (int i = 0; i < 3; i++) {
        int stride = picture.linesize(i);
        int shift = i == 0 ? 0 : 1;
        int start = (place.y() >> shift) * stride + (place.x() >> shift);
        scaler.plane(i, picture.data(i).getPointer(start), stride);
      }
      scaler.run(copy);
    } finally {
      pictures.giveBack(scaler);
    }
  }

  AVFrame picture() {
    return picture;
  }

  /** Returns where the frame lies. */
  Placement place() {
    return place;
  }

  /** Fills a rectangle, as far as it lies within. */
  void fill(int left, int top, int right, int bottom, Ink ink) {
    fill(left, top, right, bottom, ink, 3);
  }

  /**
   * Changes the brightness of a rectangle and leaves its colour, which is stored too coarsely for
   * letters.
   */
  void fillLuma(int left, int top, int right, int bottom, Ink ink) {
    fill(left, top, right, bottom, ink, 1);
  }

  private void fill(int left, int top, int right, int bottom, Ink ink, int planes) {
    int x1 = Math.max(0, left);
    int y1 = Math.max(0, top);
    int x2 = Math.min(width, right);
    int y2 = Math.min(height, bottom);
    if (x1 >= x2 || y1 >= y2) {
      return;
    }
    for (int i = 0; i < planes; i++) {
      int shift = i == 0 ? 0 : 1;
      int stride = picture.linesize(i);
      ByteBuffer plane = PixelMemory.view(picture, i, stride * ((height + shift) >> shift));
      for (int y = y1 >> shift; y < (y2 + shift) >> shift; y++) {
        for (int x = x1 >> shift; x < (x2 + shift) >> shift; x++) {
          plane.put(y * stride + x, ink.level(i));
        }
      }
    }
  }

  @Override
  public void close() {
    av_frame_free(picture);
  }

  private static Placement even(Placement place) {
    return new Placement(
        place.sourceWidth(),
        place.sourceHeight(),
        place.x() & ~1,
        place.y() & ~1,
        Math.max(2, place.width() & ~1),
        Math.max(2, place.height() & ~1));
  }

  /** Copies planes, which may lie on the heap, into a native frame of the same layout. */
  private static AVFrame copy(Frame frame) {
    FrameInfo info = frame.info();
    int format = nativeFormat(info.format());
    AVFrame copy = av_frame_alloc();
    copy.format(format);
    copy.width(info.width());
    copy.height(info.height());
    try {
      PixelMemory.lend(new Geometry(null, format, info.width(), info.height()), copy);
      for (int i = 0; i < info.format().planes(); i++) {
        Plane plane = frame.plane(i);
        int rowBytes = info.format().rowBytes(i, info.width());
        int rows = info.format().rows(i, info.height());
        int stride = copy.linesize(i);
        ByteBuffer to = PixelMemory.view(copy, i, stride * rows);
        for (int y = 0; y < rows; y++) {
          to.put(y * stride, plane.data(), y * plane.rowStride(), rowBytes);
        }
      }
      return copy;
    } catch (RuntimeException | Error e) {
      av_frame_free(copy);
      throw e;
    }
  }

  private static int nativeFormat(PixelFormat format) {
    return switch (format) {
      case I420 -> AV_PIX_FMT_YUV420P;
      case NV12 -> AV_PIX_FMT_NV12;
      case BGR24 -> AV_PIX_FMT_BGR24;
      case RGB24 -> AV_PIX_FMT_RGB24;
      case GRAY8 -> AV_PIX_FMT_GRAY8;
    };
  }
}
