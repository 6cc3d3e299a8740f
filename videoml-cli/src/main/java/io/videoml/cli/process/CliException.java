package io.videoml.cli.process;

import org.jspecify.annotations.Nullable;

/** Ends a command. Its message is what the user reads: {@code WHAT (WHY; WHAT TO DO)}. */
public final class CliException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final boolean quiet;

  private CliException(int exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
    this.quiet = exitCode == ExitCode.DONE;
  }

  /** The command was called wrongly. */
  public static CliException usage(String what, String whyAndWhatToDo) {
    return new CliException(ExitCode.USAGE, what + " (" + whyAndWhatToDo + ")", null);
  }

  /** Something failed while the command ran. */
  public static CliException failure(
      String what, String whyAndWhatToDo, @Nullable Throwable cause) {
    return new CliException(ExitCode.FAILED, what + " (" + whyAndWhatToDo + ")", cause);
  }

  /** As the other, without a cause. */
  public static CliException failure(String what, String whyAndWhatToDo) {
    return failure(what, whyAndWhatToDo, null);
  }

  /** Nobody reads the results any more, as after {@code | head}: no failure, and nobody to tell. */
  public static CliException noReader(Throwable cause) {
    return new CliException(ExitCode.DONE, "nobody reads the results", cause);
  }

  /** Returns whether there is nobody to tell. */
  public boolean quiet() {
    return quiet;
  }

  public int exitCode() {
    return exitCode;
  }
}
