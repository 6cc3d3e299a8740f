package io.videoml.testkit;

import java.io.Serializable;

/** Paints a generated clip, pixel by pixel. Must give the same level at every call. */
@FunctionalInterface
public interface LumaPainter extends Serializable {
  /** Returns the luma of a pixel, 0 to 255. */
  int luma(int frame, int x, int y);
}
