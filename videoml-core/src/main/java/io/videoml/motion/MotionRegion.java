package io.videoml.motion;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The part of a picture where motion counts: all of it, or some zones, less some masks.
 *
 * <p>Corners are shares of the picture as displayed, x and y in turn, from 0, 0 at the top left to
 * 1, 1 at the bottom right: they hold for any size of it. A pixel belongs to a polygon that holds
 * its centre.
 *
 * <p>Threading: immutable.
 */
public final class MotionRegion implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final MotionRegion WHOLE = new MotionRegion(List.of(), List.of());

  private final List<Polygon> zones;
  private final List<Polygon> masks;

  private MotionRegion(List<Polygon> zones, List<Polygon> masks) {
    this.zones = zones;
    this.masks = masks;
  }

  /** Returns the whole picture. */
  public static MotionRegion whole() {
    return WHOLE;
  }

  /**
   * Returns this with one more zone: only pixels inside some zone count.
   *
   * @param corners x and y of three corners or more, shares of the picture
   */
  public MotionRegion only(double... corners) {
    return new MotionRegion(with(zones, corners), masks);
  }

  /**
   * Returns this with one more mask: pixels inside any mask do not count, in a zone or not.
   *
   * @param corners x and y of three corners or more, shares of the picture
   */
  public MotionRegion without(double... corners) {
    return new MotionRegion(zones, with(masks, corners));
  }

  /**
   * Returns corners in pixels of a picture of the given size as shares, for the other methods.
   *
   * @param corners x and y in turn, from 0 to the width and height
   */
  public static double[] shares(int width, int height, double... corners) {
    if (width <= 0 || height <= 0) {
      throw new IllegalArgumentException(
          "a picture must have a positive size, was " + width + "x" + height);
    }
    double[] shares = new double[corners.length];
    for (int i = 0; i < corners.length; i++) {
      shares[i] = corners[i] / (i % 2 == 0 ? width : height);
    }
    return shares;
  }

  /** Says which pixels of line {@code y} count. */
  void paint(boolean[] line, int y, int height) {
    Arrays.fill(line, zones.isEmpty());
    for (Polygon zone : zones) {
      zone.paint(line, y, height, true);
    }
    for (Polygon mask : masks) {
      mask.paint(line, y, height, false);
    }
  }

  private static List<Polygon> with(List<Polygon> polygons, double[] corners) {
    List<Polygon> more = new ArrayList<>(polygons);
    more.add(Polygon.of(corners));
    return List.copyOf(more);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MotionRegion region
        && zones.equals(region.zones)
        && masks.equals(region.masks);
  }

  @Override
  public int hashCode() {
    return 31 * zones.hashCode() + masks.hashCode();
  }

  @Override
  public String toString() {
    return "zones " + zones + ", masks " + masks;
  }
}
