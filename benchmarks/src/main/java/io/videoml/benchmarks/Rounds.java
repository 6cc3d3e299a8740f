package io.videoml.benchmarks;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/**
 * Measures two ways in turn, ours, peer, ours, peer, so that a machine that slows down slows down
 * both.
 *
 * @param rounds how many counted rounds, after one that is not counted
 */
record Rounds(int rounds) {

  /** Returns more rounds, for what takes little and differs little. */
  Rounds times(int factor) {
    return new Rounds(rounds * factor);
  }

  Ratio compare(String name, String unit, double limit, DoubleSupplier ours, DoubleSupplier peer) {
    double[] our = new double[rounds];
    double[] theirs = new double[rounds];
    double warmUp = ours.getAsDouble() + peer.getAsDouble();
    if (!(warmUp >= 0)) {
      throw new IllegalStateException(name + " measured " + warmUp + " " + unit);
    }
    for (int i = 0; i < rounds; i++) {
      our[i] = ours.getAsDouble();
      theirs[i] = peer.getAsDouble();
    }
    return new Ratio(name, median(our), median(theirs), unit, limit);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
