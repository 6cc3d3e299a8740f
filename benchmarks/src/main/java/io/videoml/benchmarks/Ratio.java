package io.videoml.benchmarks;

import java.util.Locale;

/**
 * What one comparison found.
 *
 * @param name what was compared
 * @param ours our figure
 * @param peer the peer's figure in the same run; 1 where there is no peer and the limit is absolute
 * @param unit of both
 * @param limit the ratio that should not be exceeded
 */
record Ratio(String name, double ours, double peer, String unit, double limit) {
  double value() {
    return ours / peer;
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "%-44s ours %10.3f  peer %10.3f %-8s ratio %6.3f  limit %6.3f  %s",
        name,
        ours,
        peer,
        unit,
        value(),
        limit,
        value() <= limit ? "met" : "MISSED");
  }
}
