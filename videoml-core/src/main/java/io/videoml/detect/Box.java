package io.videoml.detect;

import java.io.Serializable;

/**
 * An upright rectangle in pixels of the source frame; x to the right, y down.
 *
 * @param x1 left edge
 * @param y1 top edge
 * @param x2 right edge, exclusive; not less than {@code x1}
 * @param y2 bottom edge, exclusive; not less than {@code y1}
 */
public record Box(float x1, float y1, float x2, float y2) implements Serializable {
  public Box {
    boolean finite = Float.isFinite(x2 - x1) && Float.isFinite(y2 - y1);
    if (!(finite && x1 <= x2 && y1 <= y2)) {
      throw new IllegalArgumentException(
          "a box needs finite x1 <= x2 and y1 <= y2, was " + x1 + "," + y1 + "," + x2 + "," + y2);
    }
  }

  /** Returns the width in pixels. */
  public float width() {
    return x2 - x1;
  }

  /** Returns the height in pixels. */
  public float height() {
    return y2 - y1;
  }

  /** Returns the area in square pixels. */
  public float area() {
    return width() * height();
  }

  /** Returns the shared area divided by the joint area, 0 to 1; 0 where both are empty. */
  public float iou(Box other) {
    float width = Math.min(x2, other.x2) - Math.max(x1, other.x1);
    float height = Math.min(y2, other.y2) - Math.max(y1, other.y1);
    if (width <= 0 || height <= 0) {
      return 0;
    }
    float shared = width * height;
    return shared / (area() + other.area() - shared);
  }
}
