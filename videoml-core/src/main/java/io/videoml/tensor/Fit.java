package io.videoml.tensor;

/** How a picture of one shape is laid into a model input of another. */
public enum Fit {
  /** Fills the input; the aspect ratio changes. */
  STRETCH {
    @Override
    public Placement place(int sourceWidth, int sourceHeight, int width, int height) {
      return new Placement(sourceWidth, sourceHeight, 0, 0, width, height);
    }
  },

  /** Keeps the aspect ratio and leaves the rest right and below; sizes truncated, as YOLOX does. */
  LETTERBOX_TOP_LEFT {
    @Override
    public Placement place(int sourceWidth, int sourceHeight, int width, int height) {
      double ratio = ratio(sourceWidth, sourceHeight, width, height);
      return new Placement(
          sourceWidth,
          sourceHeight,
          0,
          0,
          (int) (sourceWidth * ratio),
          (int) (sourceHeight * ratio));
    }
  },

  /**
   * Keeps the aspect ratio and leaves the rest on both sides; sizes rounded, as Ultralytics does.
   */
  LETTERBOX_CENTERED {
    @Override
    public Placement place(int sourceWidth, int sourceHeight, int width, int height) {
      double ratio = ratio(sourceWidth, sourceHeight, width, height);
      int contentWidth = (int) Math.rint(sourceWidth * ratio);
      int contentHeight = (int) Math.rint(sourceHeight * ratio);
      // The odd pixel of padding goes right and below: round(d/2 - 0.1).
      int x = (int) Math.rint((width - contentWidth) / 2.0 - 0.1);
      int y = (int) Math.rint((height - contentHeight) / 2.0 - 0.1);
      return new Placement(sourceWidth, sourceHeight, x, y, contentWidth, contentHeight);
    }
  },

  /** As {@link #LETTERBOX_CENTERED}, with sizes and offsets truncated, as NanoDet does. */
  LETTERBOX_CENTERED_TRUNCATED {
    @Override
    public Placement place(int sourceWidth, int sourceHeight, int width, int height) {
      double ratio = ratio(sourceWidth, sourceHeight, width, height);
      int contentWidth = (int) (sourceWidth * ratio);
      int contentHeight = (int) (sourceHeight * ratio);
      return new Placement(
          sourceWidth,
          sourceHeight,
          (width - contentWidth) / 2,
          (height - contentHeight) / 2,
          contentWidth,
          contentHeight);
    }
  };

  /**
   * Returns where a picture of the given size lies in an input of the given size, all in pixels.
   *
   * @throws IllegalArgumentException if a size is not positive, or the picture is so thin that
   *     nothing of it remains
   */
  public abstract Placement place(int sourceWidth, int sourceHeight, int width, int height);

  private static double ratio(int sourceWidth, int sourceHeight, int width, int height) {
    return Math.min((double) height / sourceHeight, (double) width / sourceWidth);
  }
}
