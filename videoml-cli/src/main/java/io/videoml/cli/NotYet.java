package io.videoml.cli;

import java.util.Set;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Knows what the command line will have one day, so that whoever tries it now learns that it is not
 * a typing error.
 */
final class NotYet {
  private static final Set<String> NAMES =
      Set.of(
          "doctor",
          "fleet",
          "kvs",
          "kvs-local",
          "--track",
          "--metrics-port",
          "--metrics-host",
          "--kvs-endpoint",
          "--region",
          "--start");

  private NotYet() {}

  /** Returns what to say of wrong arguments. */
  static String instead(ParameterException problem) {
    if (problem instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      String name = unmatched.getUnmatched().get(0).split("=", 2)[0];
      return NAMES.contains(name) ? name + " is not in this version" : "unknown argument " + name;
    }
    return String.valueOf(problem.getMessage());
  }
}
