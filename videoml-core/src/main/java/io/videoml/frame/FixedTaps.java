package io.videoml.frame;

/**
 * Which two source samples make one output sample along one axis, in the fixed point of OpenCV's
 * {@code resize}: weights of 11 bits, pixel centres at half coordinates, edges repeated.
 */
final class FixedTaps {
  /** What the two weights of an output sample add up to. */
  static final int ONE = 1 << 11;

  private final int[] first;
  private final int[] second;
  private final int[] weight;

  FixedTaps(int source, int target) {
    first = new int[target];
    second = new int[target];
    weight = new int[target];
    int last = source - 1;
    for (int i = 0; i < target; i++) {
      float position = (float) ((i + 0.5) * source / target - 0.5);
      int floor = (int) Math.floor(position);
      boolean outside = floor < 0 || floor >= last;
      first[i] = Math.min(Math.max(floor, 0), last);
      second[i] = Math.min(first[i] + 1, last);
      weight[i] = outside ? 0 : (int) Math.rint((position - floor) * ONE);
    }
  }

  int first(int i) {
    return first[i];
  }

  int second(int i) {
    return second[i];
  }

  /** Returns how much the second sample counts, of {@link #ONE}. */
  int weight(int i) {
    return weight[i];
  }

  /** Writes all output samples of a row of levels, in units of 1 / {@link #ONE}. */
  void apply(int[] levels, int[] out) {
    for (int x = 0; x < out.length; x++) {
      out[x] = levels[first[x]] * (ONE - weight[x]) + levels[second[x]] * weight[x];
    }
  }
}
