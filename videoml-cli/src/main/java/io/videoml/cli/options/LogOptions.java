package io.videoml.cli.options;

import io.videoml.cli.process.ConsoleLogger;
import picocli.CommandLine.Option;

/** How much is said besides the results. */
public final class LogOptions {
  @Option(names = "--quiet", description = "No progress line.")
  private boolean quiet;

  public boolean quiet() {
    return quiet;
  }

  @Option(names = "--verbose", description = "Stack traces and debug logs, on standard error.")
  public void verbose(boolean on) {
    ConsoleLogger.verbose(on);
  }
}
