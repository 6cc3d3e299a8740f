package io.videoml.cli;

/** What the process says of its end. Ended by a signal, it says 128 and the signal's number. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  private ExitCode() {}
}
