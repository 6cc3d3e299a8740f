package io.videoml.ffmpeg;

import io.videoml.tensor.ElementType;
import io.videoml.tensor.Float16;
import io.videoml.tensor.ImageSpec;
import io.videoml.tensor.ImageTensor;
import io.videoml.tensor.Normalization;
import io.videoml.tensor.Placement;
import io.videoml.tensor.TensorLayout;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** Puts planes of floats from 0 to 1 into model inputs of every other type and layout. */
final class PackedWriter {
  private final ImageSpec spec;
  private final ByteBuffer data;
  private final boolean planar;

  private PackedWriter(ImageTensor target) {
    spec = target.spec();
    data = target.data();
    planar = spec.layout() == TensorLayout.NCHW;
  }

  /**
   * Writes a picture and its padding.
   *
   * @param planes in the model's channel order, of the size of {@code place}
   * @param row scratch for three rows
   */
  static void write(FloatBuffer planes, float[] row, ImageTensor target, Placement place) {
    PackedWriter writer = new PackedWriter(target);
    int width = place.width();
    for (int y = 0; y < writer.spec.height(); y++) {
      int from = y - place.y();
      boolean inside = from >= 0 && from < place.height();
      for (int channel = 0; channel < 3; channel++) {
        if (inside) {
          planes.get((channel * place.height() + from) * width, row, channel * width, width);
        }
        writer.pad(y, channel, 0, inside ? place.x() : writer.spec.width());
        if (inside) {
          writer.put(y, channel, place.x(), row, channel * width, width);
          writer.pad(y, channel, place.x() + width, writer.spec.width());
        }
      }
    }
  }

  private void pad(int y, int channel, int from, int to) {
    float[] padding = {spec.padding() / 255f};
    for (int x = from; x < to; x++) {
      put(y, channel, x, padding, 0, 1);
    }
  }

  private void put(int y, int channel, int x, float[] levels, int offset, int count) {
    int step = planar ? 1 : 3;
    int at =
        planar
            ? (channel * spec.height() + y) * spec.width() + x
            : (y * spec.width() + x) * 3 + channel;
    if (spec.type() == ElementType.UINT8) {
      for (int i = 0; i < count; i++) {
        data.put(at + i * step, (byte) (levels[offset + i] * 255 + 0.5f));
      }
      return;
    }
    Normalization normalization = spec.normalization();
    float scale = 255 * normalization.scale(channel);
    float shift = normalization.offset(channel);
    for (int i = 0; i < count; i++) {
      float value = levels[offset + i] * scale + shift;
      if (spec.type() == ElementType.FLOAT16) {
        data.putShort(2 * (at + i * step), Float16.fromFloat(value));
      } else {
        data.putFloat(4 * (at + i * step), value);
      }
    }
  }
}
