package io.videoml.cli;

import picocli.CommandLine.Option;

/** How much is said besides the results. */
final class LogOptions {
  @Option(names = "--quiet", description = "No progress line.")
  private boolean quiet;

  boolean quiet() {
    return quiet;
  }

  @Option(names = "--verbose", description = "Stack traces and debug logs, on standard error.")
  void verbose(boolean on) {
    ConsoleLogger.verbose(on);
  }
}
