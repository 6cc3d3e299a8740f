package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRPF32;

import io.videoml.tensor.ChannelOrder;
import io.videoml.tensor.ElementType;
import io.videoml.tensor.ImageSpec;
import io.videoml.tensor.ImageTensor;
import io.videoml.tensor.Placement;
import io.videoml.tensor.Resampling;
import io.videoml.tensor.TensorLayout;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/**
 * Writes pictures into model inputs. Swscale makes planes of floats from 0 to 1: straight in the
 * input where that is what the model wants, or can be made of it in place, else beside it.
 */
final class TensorWriter {
  // Swscale writes whole vector registers: seen to run past the end of rows of one and two pixels
  // (x86-64, 2026-11). Nobody needs rows that short, so there is a margin for other machines.
  private static final int NARROWEST = 16;

  private TensorWriter() {}

  /** Returns whether {@link #write} can do it, for a picture of this size. */
  static boolean supports(ImageSpec spec, int width, int height) {
    return spec.channels() != ChannelOrder.GRAY
        && spec.resampling() != Resampling.OPENCV
        && spec.place(width, height).width() >= NARROWEST;
  }

  static Placement write(AVFrame picture, Layout look, Pictures pictures, ImageTensor target) {
    ImageSpec spec = target.spec();
    Placement place = spec.place(look.width(), look.height());
    Scaler scaler =
        pictures.take(
            new Scaler.Task(
                look.format(),
                look.width(),
                look.height(),
                look.colors(),
                AV_PIX_FMT_GBRPF32,
                place.width(),
                place.height(),
                look.colors(),
                spec.resampling()));
    try {
      boolean inPlace = spec.type() == ElementType.FLOAT32 && spec.layout() == TensorLayout.NCHW;
      if (inPlace) {
        int plane = Float.BYTES * spec.width() * spec.height();
        int start = Float.BYTES * (place.y() * spec.width() + place.x());
        scale(scaler, picture, spec, target.data(), start, plane, Float.BYTES * spec.width());
        normalize(target, place, scaler.row(spec.width()));
      } else {
        int plane = Float.BYTES * place.width() * place.height();
        ByteBuffer planes = scaler.scratch(3 * plane);
        scale(scaler, picture, spec, planes, 0, plane, Float.BYTES * place.width());
        PackedWriter.write(planes.asFloatBuffer(), scaler.row(3 * place.width()), target, place);
      }
      return place;
    } finally {
      pictures.giveBack(scaler);
    }
  }

  private static void scale(
      Scaler scaler,
      AVFrame picture,
      ImageSpec spec,
      ByteBuffer target,
      int start,
      int plane,
      int stride) {
    BytePointer base = new BytePointer(target);
    boolean rgb = spec.channels() == ChannelOrder.RGB;
    // GBR planes: the position of each in the model's order.
    int[] order = rgb ? new int[] {1, 2, 0} : new int[] {1, 0, 2};
    for (int i = 0; i < 3; i++) {
      scaler.plane(i, new BytePointer(base).position((long) order[i] * plane + start), stride);
    }
    scaler.run(picture);
  }

  /** Brings 0 to 1 to the model's range, and fills what the picture leaves free. */
  private static void normalize(ImageTensor target, Placement place, float[] row) {
    ImageSpec spec = target.spec();
    FloatBuffer data = target.data().asFloatBuffer();
    int width = spec.width();
    for (int channel = 0; channel < 3; channel++) {
      float scale = 255 * spec.normalization().scale(channel);
      float offset = spec.normalization().offset(channel);
      float padding = spec.padding() / 255f * scale + offset;
      int plane = channel * width * spec.height();
      // Bulk copies to the heap and back: only loops over arrays are vectorised by the JIT.
      boolean change = Math.abs(scale - 1) > 1e-6f || offset != 0;
      for (int y = 0; change && y < place.height(); y++) {
        int at = plane + (place.y() + y) * width + place.x();
        data.get(at, row, 0, place.width());
        for (int x = 0; x < place.width(); x++) {
          row[x] = row[x] * scale + offset;
        }
        data.put(at, row, 0, place.width());
      }
      if (place.width() == width && place.height() == spec.height()) {
        continue;
      }
      Arrays.fill(row, 0, width, padding);
      int right = place.x() + place.width();
      for (int y = 0; y < spec.height(); y++) {
        boolean inside = y >= place.y() && y < place.y() + place.height();
        if (inside) {
          data.put(plane + y * width, row, 0, place.x());
          data.put(plane + y * width + right, row, 0, width - right);
        } else {
          data.put(plane + y * width, row, 0, width);
        }
      }
    }
  }
}
