package io.videoml.testkit.rtsp;

/** Ranges of settings. */
final class Checks {
  private Checks() {}

  static int within(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s must be within %d to %d, was %d".formatted(what, least, most, value));
    }
    return value;
  }

  static double within(String what, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "%s must be within %s to %s, was %s".formatted(what, least, most, value));
    }
    return value;
  }
}
