package io.videoml.frame;

import static java.util.Objects.requireNonNull;

import io.videoml.tensor.ChannelOrder;
import io.videoml.tensor.ElementType;
import io.videoml.tensor.Float16;
import io.videoml.tensor.ImageSpec;
import io.videoml.tensor.ImageTensor;
import io.videoml.tensor.Placement;
import io.videoml.tensor.TensorLayout;
import java.nio.ByteBuffer;

/**
 * Writes any frame into a model input, in portable Java: the reference that faster writers are held
 * against.
 *
 * <p>Each component is resampled on its own and the colours are converted at the model's size, so
 * chroma is never brought to the size of luma first. Allocates a few rows.
 */
public final class ImageToTensor {
  private final ImageSpec spec;
  private final ByteBuffer data;
  private final Placement place;
  private final YuvToRgb colors;

  private ImageToTensor(ImageTensor target, Placement place, YuvToRgb colors) {
    this.spec = target.spec();
    this.data = target.data();
    this.place = place;
    this.colors = colors;
  }

  /**
   * Writes the frame, padding included.
   *
   * @return where the picture lies in the input
   */
  public static Placement write(Frame frame, ImageTensor target) {
    requireNonNull(frame, "frame");
    FrameInfo info = frame.info();
    Placement place = target.spec().place(info.width(), info.height());
    YuvToRgb colors = YuvToRgb.of(info.colorSpace());
    new ImageToTensor(target, place, colors).write(frame);
    return place;
  }

  private void write(Frame frame) {
    Resampler[] components = components(frame);
    boolean yuv = frame.info().format().hasLumaPlane();
    boolean gray = components.length == 1;
    float[][] row = new float[3][place.width()];
    for (int y = 0; y < spec.height(); y++) {
      int sourceRow = y - place.y();
      if (sourceRow < 0 || sourceRow >= place.height()) {
        pad(y, 0, spec.width());
        continue;
      }
      for (int i = 0; i < components.length; i++) {
        components[i].row(sourceRow, row[i]);
      }
      if (gray) {
        colors.grayToRgb(row);
      } else if (yuv) {
        colors.toRgb(row);
      }
      pad(y, 0, place.x());
      put(y, row);
      pad(y, place.x() + place.width(), spec.width());
    }
  }

  /** Luma and chroma, luma alone, or red, green and blue: one resampler each. */
  private Resampler[] components(Frame frame) {
    return switch (frame.info().format()) {
      case GRAY8 -> new Resampler[] {component(frame, 0, 0, 1)};
      case I420 ->
          new Resampler[] {
            component(frame, 0, 0, 1), component(frame, 1, 0, 1), component(frame, 2, 0, 1)
          };
      case NV12 ->
          new Resampler[] {
            component(frame, 0, 0, 1), component(frame, 1, 0, 2), component(frame, 1, 1, 2)
          };
      case RGB24 ->
          new Resampler[] {
            component(frame, 0, 0, 3), component(frame, 0, 1, 3), component(frame, 0, 2, 3)
          };
      case BGR24 ->
          new Resampler[] {
            component(frame, 0, 2, 3), component(frame, 0, 1, 3), component(frame, 0, 0, 3)
          };
    };
  }

  private Resampler component(Frame frame, int plane, int offset, int step) {
    Plane samples = frame.plane(plane);
    PixelFormat format = frame.info().format();
    int width = format.rowBytes(plane, frame.info().width()) / step;
    int height = format.rows(plane, frame.info().height());
    return new Resampler(
        samples, offset, step, width, height, place.width(), place.height(), spec.resampling());
  }

  private void pad(int y, int from, int to) {
    for (int channel = 0; channel < spec.channels().channels(); channel++) {
      for (int x = from; x < to; x++) {
        element(y, x, channel, spec.padding());
      }
    }
  }

  private void put(int y, float[][] rgb) {
    int x0 = place.x();
    int width = place.width();
    if (spec.channels() == ChannelOrder.GRAY) {
      colors.rgbToLuma(rgb);
    }
    for (int channel = 0; channel < spec.channels().channels(); channel++) {
      float[] levels = rgb[spec.channels() == ChannelOrder.BGR ? 2 - channel : channel];
      for (int x = 0; x < width; x++) {
        element(y, x0 + x, channel, levels[x]);
      }
    }
  }

  private void element(int y, int x, int channel, float level) {
    int index =
        spec.layout() == TensorLayout.NCHW
            ? (channel * spec.height() + y) * spec.width() + x
            : (y * spec.width() + x) * spec.channels().channels() + channel;
    if (spec.type() == ElementType.UINT8) {
      data.put(index, (byte) Math.min(255, Math.max(0, Math.round(level))));
      return;
    }
    float value =
        level * spec.normalization().scale(channel) + spec.normalization().offset(channel);
    if (spec.type() == ElementType.FLOAT16) {
      data.putShort(2 * index, Float16.fromFloat(value));
    } else {
      data.putFloat(4 * index, value);
    }
  }
}
