package io.videoml.ffmpeg;

import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import io.videoml.packet.PacketInfo;
import java.time.Duration;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** Makes frames of one stream's pictures. */
final class FrameMaker implements AutoCloseable {
  private final boolean live;
  private final Orientation orientation;
  private final Pictures pictures = new Pictures();
  private final CaptureTimes times;
  private @Nullable Layout layout;

  FrameMaker(boolean live, Orientation orientation) {
    this.live = live;
    this.times = new CaptureTimes(live);
    this.orientation = orientation;
  }

  /** Lends the decoder's picture. */
  NativeFrame lend(AVFrame picture, Place place) {
    Layout current = layoutOf(picture);
    return NativeFrame.lent(picture, info(current, place), current, pictures, token(place));
  }

  /** Lends a picture at another place than it was lent at before. */
  NativeFrame move(NativeFrame frame, Place place) {
    Layout current = layout;
    if (current == null) {
      throw new IllegalStateException("no picture was lent before");
    }
    return frame.with(info(current, place), token(place));
  }

  /** Returns how the last picture looked; null before the first. */
  @Nullable Layout layout() {
    return layout;
  }

  Orientation orientation() {
    return orientation;
  }

  @Override
  public void close() {
    pictures.close();
  }

  private Layout layoutOf(AVFrame picture) {
    Layout current = layout;
    int format = picture.format();
    int width = picture.width();
    int height = picture.height();
    int matrix = picture.colorspace();
    int range = picture.color_range();
    if (current == null || !current.fits(format, width, height, matrix, range)) {
      current = Layout.of(format, width, height, matrix, range, orientation);
      layout = current;
    }
    return current;
  }

  private @Nullable FrameToken token(Place place) {
    return live && place.origin() == null ? null : place.token();
  }

  private FrameInfo info(Layout current, Place place) {
    return new FrameInfo(
        place.index(),
        current.shownWidth(),
        current.shownHeight(),
        current.shown(),
        current.colors(),
        time(Math.max(0, place.nanos()), place),
        place.keyFrame(),
        place.corrupt(),
        place.decodeNanos());
  }

  private FrameTime time(long nanos, Place place) {
    long arrival = place.arrivalNanos();
    Origin origin = place.origin();
    if (origin != null) {
      PacketInfo said = origin.info();
      return new FrameTime(Duration.ofNanos(nanos), said.captured(), said.capturedFrom(), arrival);
    }
    return times.of(nanos, arrival, place.capturedMicros());
  }
}
