package io.videoml.frame;

import static java.util.Objects.requireNonNull;

import io.videoml.tensor.ChannelOrder;
import io.videoml.tensor.ElementType;
import io.videoml.tensor.Float16;
import io.videoml.tensor.ImageSpec;
import io.videoml.tensor.ImageTensor;
import io.videoml.tensor.Placement;
import io.videoml.tensor.Resampling;
import io.videoml.tensor.TensorLayout;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * Writes any frame into a model input, in portable Java: the reference that faster writers are held
 * against.
 *
 * <p>Allocates a few rows.
 *
 * <p>Threading: safe; each call has memory of its own, and one thread at a time writes to a tensor.
 */
public final class ImageToTensor {
  private final ImageSpec spec;
  private final ByteBuffer data;
  private final Placement place;
  private final YuvToRgb colors;
  private final boolean bytes;
  private final FloatBuffer floats;
  private final float[] line;

  private ImageToTensor(ImageTensor target, Placement place, YuvToRgb colors) {
    this.spec = target.spec();
    this.data = target.data();
    this.place = place;
    this.colors = colors;
    this.bytes = spec.type() == ElementType.UINT8;
    this.floats = data.asFloatBuffer();
    boolean planar = spec.layout() == TensorLayout.NCHW;
    this.line = new float[planar ? spec.width() : spec.width() * spec.channels().channels()];
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
    ColorRows rows =
        spec.resampling() == Resampling.OPENCV
            ? new EightBitRows(frame, place)
            : new SmoothRows(frame, place, spec.resampling());
    float[][] rgb = new float[3][place.width()];
    for (int y = 0; y < spec.height(); y++) {
      int sourceRow = y - place.y();
      if (sourceRow < 0 || sourceRow >= place.height()) {
        put(y, rgb, 0, 0);
        continue;
      }
      rows.row(sourceRow, rgb);
      if (spec.channels() == ChannelOrder.GRAY) {
        colors.rgbToLuma(rgb);
      }
      put(y, rgb, place.x(), place.x() + place.width());
    }
  }

  /** Writes one row: the picture from one column to another, padding beside it. */
  private void put(int y, float[][] rgb, int from, int to) {
    int channels = spec.channels().channels();
    boolean planar = spec.layout() == TensorLayout.NCHW;
    int step = planar ? 1 : channels;
    for (int channel = 0; channel < channels; channel++) {
      float[] levels = rgb[spec.channels() == ChannelOrder.BGR ? 2 - channel : channel];
      float scale = bytes ? 1 : spec.normalization().scale(channel);
      float offset = bytes ? 0 : spec.normalization().offset(channel);
      float padding = spec.padding() * scale + offset;
      int at = planar ? 0 : channel;
      for (int x = 0; x < from; x++, at += step) {
        line[at] = padding;
      }
      for (int x = from; x < to; x++, at += step) {
        line[at] = levels[x - from] * scale + offset;
      }
      for (int x = to; x < spec.width(); x++, at += step) {
        line[at] = padding;
      }
      if (planar) {
        store((channel * spec.height() + y) * spec.width());
      }
    }
    if (!planar) {
      store(y * line.length);
    }
  }

  private void store(int index) {
    if (bytes) {
      for (int i = 0; i < line.length; i++) {
        data.put(index + i, (byte) Math.min(255, Math.max(0, (int) (line[i] + 0.5f))));
      }
    } else if (spec.type() == ElementType.FLOAT16) {
      for (int i = 0; i < line.length; i++) {
        data.putShort(2 * (index + i), Float16.fromFloat(line[i]));
      }
    } else {
      floats.put(index, line);
    }
  }
}
