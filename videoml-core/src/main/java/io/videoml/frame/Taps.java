package io.videoml.frame;

import io.videoml.tensor.Resampling;

/** Which source samples make one output sample along one axis, and with what weight. */
final class Taps {
  private final int[] starts;
  private final int[] indices;
  private final float[] weights;
  private int size;
  private int longest;

  private Taps(int target, int capacity) {
    starts = new int[target + 1];
    indices = new int[capacity];
    weights = new float[capacity];
  }

  static Taps of(int source, int target, Resampling filter) {
    return filter == Resampling.AREA && target < source
        ? area(source, target)
        : linear(source, target);
  }

  private static Taps linear(int source, int target) {
    Taps taps = new Taps(target, 2 * target);
    double scale = (double) source / target;
    for (int i = 0; i < target; i++) {
      double center = Math.max(0, (i + 0.5) * scale - 0.5);
      int left = (int) center;
      float fraction = (float) (center - left);
      if (left >= source - 1) {
        taps.add(source - 1, 1);
      } else {
        taps.add(left, 1 - fraction);
        taps.add(left + 1, fraction);
      }
      taps.end(i);
    }
    return taps;
  }

  private static Taps area(int source, int target) {
    double scale = (double) source / target;
    Taps taps = new Taps(target, target * ((int) Math.ceil(scale) + 2));
    for (int i = 0; i < target; i++) {
      double from = i * scale;
      double to = Math.min(source, from + scale);
      for (int j = (int) from; j < source && j < to; j++) {
        double covered = Math.min(j + 1, to) - Math.max(j, from);
        if (covered > 1e-6) {
          taps.add(j, (float) (covered / (to - from)));
        }
      }
      taps.end(i);
    }
    return taps;
  }

  private void add(int index, float weight) {
    indices[size] = index;
    weights[size] = weight;
    size++;
  }

  private void end(int i) {
    starts[i + 1] = size;
    longest = Math.max(longest, size - starts[i]);
  }

  /**
   * Returns the first tap of an output sample; its last is the one before the next sample's first.
   */
  int start(int i) {
    return starts[i];
  }

  int index(int tap) {
    return indices[tap];
  }

  float weight(int tap) {
    return weights[tap];
  }

  int longest() {
    return longest;
  }
}
