package io.videoml.frame;

import io.videoml.tensor.Placement;
import io.videoml.tensor.Resampling;

/**
 * Resamples each component on its own, in float, and converts the colours of the result, so that
 * chroma is never brought to the size of luma first.
 */
final class SmoothRows implements ColorRows {
  private final Resampler[] components;
  private final PixelFormat format;
  private final YuvToRgb colors;

  SmoothRows(Frame frame, Placement place, Resampling filter) {
    components = components(frame, place, filter);
    format = frame.info().format();
    colors = YuvToRgb.of(frame.info().colorSpace());
  }

  @Override
  public void row(int y, float[][] rgb) {
    for (int i = 0; i < components.length; i++) {
      components[i].row(y, rgb[i]);
    }
    if (components.length == 1) {
      colors.grayToRgb(rgb);
    } else if (format.hasLumaPlane()) {
      colors.toRgb(rgb);
    }
  }

  /** Luma and chroma, luma alone, or red, green and blue: one resampler each. */
  private static Resampler[] components(Frame frame, Placement place, Resampling filter) {
    return switch (frame.info().format()) {
      case GRAY8 -> new Resampler[] {component(frame, 0, 1, place, filter)};
      case I420 -> {
        Resampler u = component(frame, 1, 1, place, filter);
        yield new Resampler[] {
          component(frame, 0, 1, place, filter), u, u.alike(frame.plane(2), 0)
        };
      }
      case NV12 -> {
        Resampler u = component(frame, 1, 2, place, filter);
        yield new Resampler[] {
          component(frame, 0, 1, place, filter), u, u.alike(frame.plane(1), 1)
        };
      }
      case RGB24, BGR24 -> {
        Resampler first = component(frame, 0, 3, place, filter);
        Resampler second = first.alike(frame.plane(0), 1);
        Resampler third = first.alike(frame.plane(0), 2);
        yield frame.info().format() == PixelFormat.RGB24
            ? new Resampler[] {first, second, third}
            : new Resampler[] {third, second, first};
      }
    };
  }

  /** The first component of a plane. */
  private static Resampler component(
      Frame frame, int plane, int step, Placement place, Resampling filter) {
    Plane samples = frame.plane(plane);
    PixelFormat format = frame.info().format();
    int width = format.rowBytes(plane, frame.info().width()) / step;
    int height = format.rows(plane, frame.info().height());
    return new Resampler(samples, 0, step, width, height, place.width(), place.height(), filter);
  }
}
