package io.videoml.motion;

import java.io.Serializable;
import java.util.Arrays;

/** A closed polygon in shares of the picture's width and height; crossing itself is even-odd. */
final class Polygon implements Serializable {
  private static final long serialVersionUID = 1L;

  /** x and y in turn. */
  private final double[] corners;

  private Polygon(double[] corners) {
    this.corners = corners;
  }

  static Polygon of(double... corners) {
    if (corners.length < 6 || corners.length % 2 != 0) {
      throw new IllegalArgumentException(
          "a polygon needs x and y of three corners or more, was " + Arrays.toString(corners));
    }
    for (double share : corners) {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException(
            "a corner lies within 0..1 of the picture, was "
                + share
                + "; shares(width, height, ...) makes shares of pixels");
      }
    }
    return new Polygon(corners.clone());
  }

  /** Sets the pixels of line {@code y} whose centres lie inside. */
  void paint(boolean[] line, int y, int height, boolean value) {
    double level = (y + 0.5) / height;
    double[] crossings = new double[corners.length / 2];
    int count = 0;
    for (int i = 0, j = corners.length - 2; i < corners.length; j = i, i += 2) {
      double y0 = corners[j + 1];
      double y1 = corners[i + 1];
      if ((y0 > level) != (y1 > level)) {
        crossings[count++] = corners[j] + (level - y0) / (y1 - y0) * (corners[i] - corners[j]);
      }
    }
    Arrays.sort(crossings, 0, count);
    for (int i = 0; i + 1 < count; i += 2) {
      Arrays.fill(
          line, pixel(crossings[i], line.length), pixel(crossings[i + 1], line.length), value);
    }
  }

  /** Returns the first pixel whose centre does not lie left of the place. */
  private static int pixel(double share, int width) {
    return (int) Math.min(width, Math.max(0, Math.ceil(share * width - 0.5)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Polygon polygon && Arrays.equals(corners, polygon.corners);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(corners);
  }

  @Override
  public String toString() {
    return Arrays.toString(corners);
  }
}
