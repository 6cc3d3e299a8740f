package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_ref;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import io.videoml.frame.FrameInfo;
import io.videoml.frame.ImageToTensor;
import io.videoml.frame.OwnedFrame;
import io.videoml.frame.PixelFormat;
import io.videoml.frame.Plane;
import io.videoml.frame.ResumePosition;
import io.videoml.tensor.ImageTensor;
import io.videoml.tensor.Placement;
import java.util.Objects;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** A decoded picture: the reader's, lent, or a handle of its own. */
final class NativeFrame implements OwnedFrame {
  private final FrameInfo info;
  private final Layout layout;
  private final Pictures pictures;
  private final @Nullable FrameToken token;
  private final boolean owned;
  private @Nullable AVFrame decoded;
  private @Nullable AVFrame shown;

  private NativeFrame(
      AVFrame decoded,
      FrameInfo info,
      Layout layout,
      Pictures pictures,
      @Nullable FrameToken token,
      boolean owned) {
    this.decoded = decoded;
    this.info = info;
    this.layout = layout;
    this.pictures = pictures;
    this.token = token;
    this.owned = owned;
  }

  /**
   * Wraps a reader's picture.
   *
   * @param pictures stays the caller's
   */
  static NativeFrame lent(
      AVFrame decoded,
      FrameInfo info,
      Layout layout,
      Pictures pictures,
      @Nullable FrameToken token) {
    return new NativeFrame(decoded, info, layout, pictures, token, false);
  }

  /** Returns the same lent picture with other facts; this one is closed by it. */
  synchronized NativeFrame with(FrameInfo otherInfo, @Nullable FrameToken otherToken) {
    NativeFrame other = lent(open(), otherInfo, layout, pictures, otherToken);
    other.shown = shown;
    decoded = null;
    shown = null;
    return other;
  }

  @Override
  public FrameInfo info() {
    return info;
  }

  @Override
  public Optional<ResumePosition> position() {
    return Optional.ofNullable(token).map(FrameToken::position);
  }

  @Override
  public synchronized Plane plane(int index) {
    PixelFormat format = info.format();
    Objects.checkIndex(index, format.planes());
    AVFrame picture = displayed();
    int stride = picture.linesize(index);
    int rowBytes = format.rowBytes(index, info.width());
    int rows = format.rows(index, info.height());
    return new Plane(
        PixelMemory.view(picture, index, stride * (rows - 1) + rowBytes), stride, rowBytes, rows);
  }

  @Override
  public synchronized OwnedFrame share() {
    AVFrame frame = open();
    AVFrame handle = av_frame_alloc();
    if (handle == null || av_frame_ref(handle, frame) < 0) {
      av_frame_free(handle);
      throw new IllegalStateException("no memory to share frame " + info.index());
    }
    NativeCount.opened();
    pictures.retain();
    return new NativeFrame(handle, info, layout, pictures, token, true);
  }

  @Override
  public synchronized Placement writeTo(ImageTensor target) {
    AVFrame frame = open();
    if (!TensorWriter.supports(target.spec(), info.width(), info.height())) {
      return ImageToTensor.write(this, target);
    }
    boolean upright = layout.orientation().equals(Orientation.UPRIGHT);
    return TensorWriter.write(
        upright ? frame : displayed(), upright ? layout : layout.turned(), pictures, target);
  }

  @Override
  public synchronized void close() {
    AVFrame frame = decoded;
    decoded = null;
    if (shown != null) {
      av_frame_free(shown);
      shown = null;
    }
    if (frame == null) {
      return;
    }
    if (!owned) {
      av_frame_unref(frame);
      return;
    }
    av_frame_free(frame);
    pictures.close();
    NativeCount.closed();
  }

  private AVFrame displayed() {
    AVFrame frame = open();
    if (layout.direct()) {
      return frame;
    }
    AVFrame picture = shown;
    if (picture == null) {
      picture = pictures.shown(frame, layout);
      shown = picture;
    }
    return picture;
  }

  private AVFrame open() {
    AVFrame frame = decoded;
    if (frame == null) {
      throw new IllegalStateException(
          "frame " + info.index() + " is closed; share() it to keep it longer");
    }
    return frame;
  }
}
