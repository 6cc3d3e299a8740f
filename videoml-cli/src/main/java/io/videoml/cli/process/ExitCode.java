package io.videoml.cli.process;

/** What the process says of its end. Ended by a signal, it says 128 and the signal's number. */
public final class ExitCode {
  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;

  private ExitCode() {}
}
