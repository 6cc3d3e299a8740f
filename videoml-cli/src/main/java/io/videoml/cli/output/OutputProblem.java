package io.videoml.cli.output;

import io.videoml.cli.process.CliException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Says why something could not be written. */
final class OutputProblem {
  private OutputProblem() {}

  static CliException of(String target, Throwable cause) {
    return CliException.failure("cannot write " + target, why(cause), cause);
  }

  private static String why(Throwable cause) {
    if (cause instanceof NoSuchFileException) {
      return "its directory does not exist; create it";
    }
    if (cause instanceof AccessDeniedException) {
      return "permission denied; choose another place";
    }
    String reason = String.valueOf(cause.getMessage());
    return reason.contains("No space left")
        ? "no space left on device; free some, or choose another place"
        : reason + "; choose another place";
  }
}
