package io.videoml.frame;

import io.videoml.tensor.Resampling;

/**
 * Which source samples make one output sample along one axis, and with what weight. Every output
 * sample has equally many taps, those that it does not need with weight 0.
 */
final class Taps {
  private final int[][] indices;
  private final float[][] weights;

  private Taps(int taps, int target) {
    indices = new int[taps][target];
    weights = new float[taps][target];
  }

  static Taps of(int source, int target, Resampling filter) {
    return filter == Resampling.AREA && target < source
        ? area(source, target)
        : linear(source, target);
  }

  private static Taps linear(int source, int target) {
    Taps taps = new Taps(2, target);
    double scale = (double) source / target;
    for (int i = 0; i < target; i++) {
      double center = Math.min(source - 1, Math.max(0, (i + 0.5) * scale - 0.5));
      int left = (int) center;
      float fraction = (float) (center - left);
      taps.set(0, i, left, 1 - fraction);
      taps.set(1, i, Math.min(source - 1, left + 1), fraction);
    }
    return taps;
  }

  private static Taps area(int source, int target) {
    double scale = (double) source / target;
    Taps taps = new Taps((int) Math.ceil(scale) + 1, target);
    for (int i = 0; i < target; i++) {
      double from = i * scale;
      double to = Math.min(source, from + scale);
      int tap = 0;
      for (int j = (int) from; j < source && j < to; j++) {
        double covered = Math.min(j + 1, to) - Math.max(j, from);
        if (covered > 1e-6) {
          taps.set(tap++, i, j, (float) (covered / (to - from)));
        }
      }
    }
    return taps;
  }

  private void set(int tap, int i, int index, float weight) {
    indices[tap][i] = index;
    weights[tap][i] = weight;
  }

  /** Returns the number of taps of every output sample. */
  int count() {
    return indices.length;
  }

  int index(int tap, int i) {
    return indices[tap][i];
  }

  float weight(int tap, int i) {
    return weights[tap][i];
  }

  /** Writes all output samples of a row of bytes, each {@code step} after the one before. */
  void apply(byte[] samples, int step, float[] out) {
    for (int tap = 0; tap < indices.length; tap++) {
      int[] index = indices[tap];
      float[] weight = weights[tap];
      for (int x = 0; x < out.length; x++) {
        float part = (samples[index[x] * step] & 0xff) * weight[x];
        out[x] = tap == 0 ? part : out[x] + part;
      }
    }
  }
}
